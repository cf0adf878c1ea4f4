import { Button, TextInput } from '@mantine/core';
import type { RatingTask } from '@pictor/sdk';
import { useEffect, useEffectEvent, useState } from 'react';
import { type Answer, listAnswers } from './list-answers.ts';
import classes from './rating-form.module.css';

type RatingFormProps = {
  readonly task: RatingTask;
  readonly onRate: (value: boolean | number | string, note: string) => void;
};

/** One thing to rate: its pictures, and a key for every answer. */
export function RatingForm({ task, onRate }: RatingFormProps) {
  const [note, setNote] = useState('');
  const answers = listAnswers(task);
  const give = (answer: Answer): void => {
    onRate(answer.value, note.trim());
  };
  const hear = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target instanceof HTMLInputElement) return;
    const answer = answers.find(({ keys }) => keys.includes(event.key));
    if (answer === undefined) return;
    event.preventDefault();
    give(answer);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => hear(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  return (
    <section aria-label="Rating" className={classes.form}>
      {task.instructions !== null && <p className={classes.instructions}>{task.instructions}</p>}
      <div className={classes.options}>
        {task.options.map((option, index) => (
          <figure key={option.id} className={classes.option}>
            {option.images.map((picture) => (
              <img key={picture.id} src={picture.url} alt={`Option ${index + 1}`} />
            ))}
            {task.options.length > 1 && <figcaption>Picture {index + 1}</figcaption>}
          </figure>
        ))}
      </div>
      <div className={classes.answers}>
        {answers.map((answer) => (
          <Button
            key={answer.label}
            variant="default"
            size="md"
            onClick={() => give(answer)}
            rightSection={<kbd className={classes.key}>{answer.keys[0]}</kbd>}
          >
            {answer.label}
          </Button>
        ))}
      </div>
      <TextInput
        className={classes.note ?? ''}
        label="Note"
        placeholder="Optional"
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' || event.key === 'Enter') event.currentTarget.blur();
        }}
      />
    </section>
  );
}
