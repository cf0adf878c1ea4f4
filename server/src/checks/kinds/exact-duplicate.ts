import { z } from 'zod';
import { fingerprintOf } from '../material/fingerprint.ts';
import { kind } from './kind.ts';

export const exactDuplicate = kind({
  name: 'exact_duplicate',
  title: 'No exact duplicate',
  description:
    'How many of the other pictures are the same, by SHA-256 of their pixels (size and RGBA, up to 2048 a side) or of their files. Pixels find a copy that was coded anew without loss.',
  unit: 'pictures',
  better: 'lower',
  requires: ['image', 'others'],
  accepts: [],
  options: z.strictObject({ compare: z.enum(['pixels', 'bytes']).default('pixels') }),
  run: async ({ image, others }, { compare }) => {
    const own = await fingerprintOf(image);
    const same: number[] = [];
    for (const [index, other] of others.entries()) {
      const found = await fingerprintOf(other);
      if (found[compare] === own[compare]) same.push(index);
    }
    return { value: same.length, passed: same.length === 0, evidence: { compare, same_as: same } };
  },
});
