import type { TurnEvent } from './turn-event.ts';

/** Everything that happened in a turn, for any number of listeners, at any time. */
export type Events = {
  readonly tell: (event: TurnEvent) => void;
  readonly all: () => readonly TurnEvent[];
  /** From the first on, then live until `end`. */
  readonly listen: () => AsyncIterable<TurnEvent>;
  readonly end: () => void;
};

export function openEvents(): Events {
  const told: TurnEvent[] = [];
  let ended = false;
  let wake = Promise.withResolvers<void>();
  const stir = (): void => {
    wake.resolve();
    wake = Promise.withResolvers<void>();
  };
  return {
    tell: (event) => {
      told.push(event);
      stir();
    },
    all: () => told,
    listen: async function* () {
      for (let next = 0; ; next += 1) {
        while (next >= told.length && !ended) await wake.promise;
        const event = told[next];
        if (event === undefined) return;
        yield event;
      }
    },
    end: () => {
      ended = true;
      stir();
    },
  };
}
