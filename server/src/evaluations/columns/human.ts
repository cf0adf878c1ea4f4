import type { ColumnRunner } from './column-runner.ts';

/** People answer it later, by ratings. */
export const human: ColumnRunner<'human', { readonly images: readonly (readonly string[])[] }> = {
  isPaid: false,
  isScore: true,
  read: (config, reader) => ({ images: config.images.map((source) => reader.pictures([source])) }),
  run: async () => 'waiting',
};
