import { ProviderError } from '../../models/index.ts';

/** A place at an engine. Leave it once; a second time does nothing. */
export type Place = { readonly leave: () => void };

export type Queue = {
  /** A place at once; null: one has to wait. */
  readonly tryEnter: () => Place | null;
  /** A place when it is this caller's turn. Throws a ProviderError when `signal` ends the waiting. */
  readonly enter: (callerId: string, signal: AbortSignal) => Promise<Place>;
};

type Waiter = { readonly admit: (place: Place) => void };

/**
 * So many at the same time. Callers are taken in turn, one job each, so that a caller with a hundred jobs does not keep
 * out one with a single job; the jobs of a caller stay in their order.
 */
export function openQueue(provider: string, places: number): Queue {
  let taken = 0;
  // In the order in which callers get their turn.
  const lines = new Map<string, Waiter[]>();

  const take = (): Place => {
    taken += 1;
    let left = false;
    return {
      leave: () => {
        if (left) return;
        left = true;
        taken -= 1;
        admitNext();
      },
    };
  };

  const admitNext = (): void => {
    const [turn] = lines;
    if (turn === undefined || taken >= places) return;
    const [callerId, [first, ...others]] = turn;
    lines.delete(callerId);
    if (others.length > 0) lines.set(callerId, others);
    first?.admit(take());
  };

  const forget = (callerId: string, waiter: Waiter): void => {
    const others = (lines.get(callerId) ?? []).filter((each) => each !== waiter);
    if (others.length > 0) lines.set(callerId, others);
    else lines.delete(callerId);
  };

  return {
    tryEnter: () => (taken < places ? take() : null),
    enter: (callerId, signal) => {
      if (signal.aborted) return Promise.reject(givenUp(provider, signal));
      if (taken < places) return Promise.resolve(take());
      return new Promise((resolve, reject) => {
        const onAbort = (): void => {
          forget(callerId, waiter);
          reject(givenUp(provider, signal));
        };
        const waiter: Waiter = {
          admit: (place) => {
            signal.removeEventListener('abort', onAbort);
            resolve(place);
          },
        };
        signal.addEventListener('abort', onAbort, { once: true });
        lines.set(callerId, [...(lines.get(callerId) ?? []), waiter]);
      });
    },
  };
}

function givenUp(provider: string, signal: AbortSignal): ProviderError {
  return new ProviderError({
    kind: 'unavailable',
    charged: 'no',
    provider,
    message: 'Pictor gave the job up while it waited for its turn at the engine.',
    cause: signal.reason,
  });
}
