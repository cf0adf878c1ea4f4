import type { RatingTask } from '@pictor/sdk';

export type Answer = {
  readonly label: string;
  /** The first is shown. */
  readonly keys: readonly string[];
  readonly value: boolean | number | string;
};

/** A scale of more steps than this has a key for every step no more. */
const mostKeys = 10;

/** What can be answered to a task, in the order in which it is shown. */
export function listAnswers(task: RatingTask): Answer[] {
  switch (task.rating) {
    case 'thumbs':
      return [
        { label: 'Good', keys: ['y', 'ArrowUp', '1'], value: true },
        { label: 'Bad', keys: ['n', 'ArrowDown', '0'], value: false },
      ];
    case 'score':
      return listScores(task.min ?? 1, task.max ?? 5);
    case 'preference':
      return [
        ...task.options.map((option, index) => ({
          label: `Picture ${index + 1} is better`,
          keys: [String(index + 1), ...(index === 0 ? ['ArrowLeft'] : index === 1 ? ['ArrowRight'] : [])],
          value: option.id,
        })),
        { label: 'No difference', keys: ['0', 't'], value: 'tie' },
      ];
  }
}

function listScores(min: number, max: number): Answer[] {
  const first = Math.ceil(min);
  const steps = Math.min(Math.floor(max) - first + 1, 101);
  return Array.from({ length: Math.max(0, steps) }, (_, index) => ({
    label: String(first + index),
    keys: steps <= mostKeys ? [String((first + index) % 10)] : [],
    value: first + index,
  }));
}
