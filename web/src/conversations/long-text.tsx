import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import classes from './long-text.module.css';

/** Characters, about a screenful. */
const shownAtFirst = 1_200;

/** Words as they are; of very many only the first, until all are wanted. */
export function LongText({ text }: { readonly text: string }) {
  const [isWhole, setWhole] = useState(false);
  const isLong = text.length > shownAtFirst * 1.2;
  return (
    <p className={classes.text}>
      {isLong && !isWhole ? `${text.slice(0, shownAtFirst)}…` : text}
      {isLong && (
        <UnstyledButton className={classes.more} onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Show less' : `Show all ${text.length.toLocaleString('en')} characters`}
        </UnstyledButton>
      )}
    </p>
  );
}
