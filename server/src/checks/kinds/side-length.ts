import { z } from 'zod';
import type { Kind } from './kind.ts';
import { kind } from './kind.ts';
import { isWithin, numberRange, withExpected } from './number-range.ts';

export const width = sideLength('width', 'Width');
export const height = sideLength('height', 'Height');

function sideLength(side: 'width' | 'height', title: string): Kind {
  return kind({
    name: side,
    title,
    description: `The picture's ${side} in pixels, as it is displayed.`,
    unit: 'pixels',
    better: null,
    requires: ['image'],
    accepts: ['expected'],
    options: z.strictObject(numberRange),
    run: async ({ image, expected }, options) => {
      const header = await image.header();
      const asked = withExpected(options, expected);
      const value = header[side];
      return { value, passed: isWithin(value, asked), evidence: { ...asked } };
    },
  });
}
