import { IconArrowUpRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import classes from './first-steps.module.css';

const examples = [
  'A red fox asleep under a full moon, snow on the hills behind it',
  'A lighthouse on a cliff at sunset, sailing boats far out on the sea',
  'A poster that says “Good morning” above a cup of coffee and a croissant',
] as const;

type FirstStepsProps = {
  /** Puts the text into the form. */
  readonly onExample: (prompt: string) => void;
};

/** What the stage teaches before the first picture. */
export function FirstSteps({ onExample }: FirstStepsProps) {
  return (
    <div className={classes.steps}>
      <h2 className={classes.title}>Say what you want to see</h2>
      <p className={classes.lead}>
        Name the subject, where it is, and the light. Put words that belong in the picture in quotation marks.
        New here? <Link to="/start">Start</Link> shows a finished example, providers and clients. Or begin
        with one of these:
      </p>
      <ul className={classes.examples}>
        {examples.map((example) => (
          <li key={example}>
            <button type="button" className={classes.example} onClick={() => onExample(example)}>
              <span>{example}</span>
              <IconArrowUpRight size={18} stroke={1.5} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
