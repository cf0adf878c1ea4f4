import { Link } from '@tanstack/react-router';
import classes from './section-links.module.css';

/** Evaluations and what they run over. */
export function SectionLinks() {
  return (
    <nav aria-label="Evaluations and datasets" className={classes.links}>
      <Link to="/evaluations" activeOptions={{ exact: true, includeSearch: false }} className={classes.link}>
        Evaluations
      </Link>
      <Link to="/datasets" activeOptions={{ exact: true, includeSearch: false }} className={classes.link}>
        Datasets
      </Link>
    </nav>
  );
}
