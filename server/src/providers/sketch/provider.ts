import { SettingsError } from '../../foundation/index.ts';
import type { Provider } from '../../models/index.ts';
import { runJob } from './run-job.ts';
import { canDraw } from './settle-job.ts';
import { sketchPrice, sketchRow } from './sketch-row.ts';
import { openStudio } from './studio.ts';
import { tellAdjustments } from './tell-adjustments.ts';

const delayVariable = 'PICTOR_SKETCH_DELAY_MS';
const maxDelayMs = 3_600_000;

/** The built-in illustrator: offline, free, and the same picture for the same words and seed. */
export const provider: Provider = {
  id: 'sketch',
  title: 'Sketch',
  order: 100,
  vendors: ['pictor'],
  prefixes: ['sketch', 'pictor'],
  external: false,
  variables: [
    {
      name: delayVariable,
      purpose:
        'Milliseconds that the built-in illustrator takes for a job before its final images, to try how an app behaves while it waits. Default: 0.',
      secret: false,
    },
  ],
  models: [sketchRow],
  prices: [sketchPrice],
  proven: { live: null, wire: 'its own: it draws in this process' },
  open: async (environment) => {
    const delayMs = readDelay(environment.variable(delayVariable));
    const studio = openStudio();
    return [
      {
        name: provider.id,
        models: [],
        prices: [],
        aliases: {},
        imageModel: (row) =>
          canDraw(row)
            ? {
                run: (job, context) => runJob(job, context, studio, delayMs),
                adjustments: tellAdjustments,
              }
            : null,
        check: async () => [{ part: 'model', status: 'works', message: 'Drawn in this process.' }],
        close: studio.close,
      },
    ];
  },
};

function readDelay(text: string | undefined): number {
  if (text === undefined || text.trim() === '') return 0;
  const delayMs = Number(text);
  if (!Number.isInteger(delayMs) || delayMs < 0 || delayMs > maxDelayMs)
    throw new SettingsError(
      `${delayVariable} must be a whole number of milliseconds from 0 to ${maxDelayMs}; it is "${text}".`,
    );
  return delayMs;
}
