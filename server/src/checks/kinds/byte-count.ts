import { z } from 'zod';
import { kind } from './kind.ts';
import { isWithin, numberRange, withExpected } from './number-range.ts';

export const byteCount = kind({
  name: 'byte_count',
  title: 'Size of the file',
  description: 'The length of the file in bytes.',
  unit: 'bytes',
  better: null,
  requires: ['image'],
  accepts: ['expected'],
  options: z.strictObject(numberRange),
  run: async ({ image, expected }, options) => {
    // A file that is no picture has no size of a picture either.
    await image.header();
    const asked = withExpected(options, expected);
    const value = await image.byteCount();
    return { value, passed: isWithin(value, asked), evidence: { ...asked } };
  },
});
