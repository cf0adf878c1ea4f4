import type { ProviderErrorKind } from '../models/index.ts';

/** How a call of a target ended, as far as its health depends on it. */
export type CallEnd =
  | { readonly type: 'answered' }
  /** Pictor itself gave the call up: that says nothing about the target. */
  | { readonly type: 'given-up' }
  | {
      readonly type: 'failed';
      readonly kind: ProviderErrorKind;
      readonly message: string;
      readonly retryAfterMs?: number;
    };

export type HealthView = {
  readonly status: 'ready' | 'failing' | 'resting';
  /** Null: it does not rest. */
  readonly restUntil: Date | null;
  readonly failuresInARow: number;
  /** The last failure since the target last answered; null: none. */
  readonly lastError: {
    readonly kind: ProviderErrorKind;
    readonly message: string;
    readonly at: Date;
  } | null;
};

/** Whether one model of one upstream is worth a call now. */
export type TargetHealth = {
  /** True while it rests, and while a first call after the rest still finds out how it is. */
  readonly isResting: () => boolean;
  /** Called when a call begins; what it gives is called once, when the call ends. */
  readonly begin: () => (end: CallEnd) => void;
  readonly view: () => HealthView;
};

export type RestSettings = { readonly rest_after_failures: number; readonly rest_seconds: number };

/**
 * A target that fails several times in a row rests for a while; then one call tries it, and the rest of the world waits
 * for how that ends. A refusal of content or of parameters is an answer: the service works.
 */
export function openTargetHealth(settings: RestSettings, now: () => number = Date.now): TargetHealth {
  let failuresInARow = 0;
  let restUntilMs: number | null = null;
  let isProbing = false;
  let lastError: HealthView['lastError'] = null;

  function fail({ kind, message, retryAfterMs = 0 }: Extract<CallEnd, { type: 'failed' }>): void {
    failuresInARow += 1;
    lastError = { kind, message, at: new Date(now()) };
    if (failuresInARow < settings.rest_after_failures) return;
    restUntilMs = now() + Math.max(settings.rest_seconds * 1000, retryAfterMs);
  }

  function recover(): void {
    failuresInARow = 0;
    restUntilMs = null;
    lastError = null;
  }

  const isResting = (): boolean => restUntilMs !== null && (isProbing || now() < restUntilMs);

  return {
    isResting,
    begin: () => {
      const probes = restUntilMs !== null && !isResting();
      if (probes) isProbing = true;
      return (end) => {
        if (probes) isProbing = false;
        if (end.type === 'failed' && !isAnswer(end.kind)) fail(end);
        else if (end.type !== 'given-up') recover();
      };
    },
    view: () => ({
      status: isResting() ? 'resting' : failuresInARow > 0 ? 'failing' : 'ready',
      restUntil: restUntilMs === null ? null : new Date(restUntilMs),
      failuresInARow,
      lastError,
    }),
  };
}

function isAnswer(kind: ProviderErrorKind): boolean {
  return kind === 'moderated' || kind === 'rejected';
}
