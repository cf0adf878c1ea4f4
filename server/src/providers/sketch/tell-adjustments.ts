import type { Adjustment, ImageJob } from '../../models/index.ts';

/**
 * What the illustrator takes and cannot heed. In place of another model it takes that model's parameters in silence,
 * because an app that is tried without a provider must be answered as that model would.
 */
export function tellAdjustments({ row, moderation, inputFidelity }: ImageJob): readonly Adjustment[] {
  if (row.vendor !== 'pictor') return [];
  return [
    ...(moderation === undefined || moderation === 'auto'
      ? []
      : [drop('moderation', moderation, 'The illustrator judges no prompts, so there is nothing to relax.')]),
    ...(inputFidelity === undefined
      ? []
      : [
          drop(
            'input_fidelity',
            inputFidelity,
            'The illustrator keeps what it was not told to change exactly as it was, at every fidelity.',
          ),
        ]),
  ];
}

function drop(parameter: string, requested: string, reason: string): Adjustment {
  return { parameter, action: 'dropped', requested, applied: null, reason };
}
