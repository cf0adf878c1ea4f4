import type { ImageEvent, ImageModel, ProviderError } from '../../../models/index.ts';

/** An image that is under way elsewhere, as an engine of ours: what is pushed is what the job is told. */
export type Relay = {
  readonly model: ImageModel;
  /** Resolves once the job has taken the event, and read its bytes. */
  readonly push: (event: ImageEvent) => Promise<void>;
  readonly fail: (error: ProviderError) => void;
  readonly end: () => void;
};

type Told = { readonly event: ImageEvent; readonly taken: () => void };

export function openRelay(): Relay {
  const waiting: Told[] = [];
  let ending: { readonly error: ProviderError | null } | null = null;
  let wake = Promise.withResolvers<void>();
  const stir = (): void => {
    wake.resolve();
    wake = Promise.withResolvers<void>();
  };
  async function* run(): AsyncGenerator<ImageEvent> {
    try {
      for (;;) {
        const told = waiting.shift();
        if (told !== undefined) {
          yield told.event;
          told.taken();
          continue;
        }
        if (ending !== null) {
          if (ending.error !== null) throw ending.error;
          return;
        }
        await wake.promise;
      }
    } finally {
      // Who pushes must not wait for a job that takes nothing any more.
      ending ??= { error: null };
      for (const told of waiting.splice(0)) told.taken();
    }
  }
  return {
    model: { run: () => run() },
    push: async (event) => {
      if (ending !== null) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push({ event, taken: resolve });
      stir();
      await promise;
    },
    fail: (error) => {
      ending ??= { error };
      stir();
    },
    end: () => {
      ending ??= { error: null };
      stir();
    },
  };
}
