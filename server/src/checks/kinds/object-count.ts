import { z } from 'zod';
import { findForeground } from '../pixels/find-foreground.ts';
import { grow, labelComponents } from '../pixels/label-components.ts';
import { kind } from './kind.ts';
import { isWithin, numberRange, withExpected } from './number-range.ts';

const maxSide = 512;
/** Below this share of the edge there is no one ground to stand out from. */
const minGroundShare = 0.9;

export const objectCount = kind({
  name: 'object_count',
  title: 'Objects on flat ground',
  description:
    'How many separate things stand on a flat or transparent ground, as connected areas at 512 pixels. Good for icons, sprites and products on one colour; things that touch count as one, and in a scene it means nothing: the value is empty then.',
  unit: 'objects',
  better: null,
  requires: ['image'],
  accepts: ['expected'],
  options: z.strictObject({
    ...numberRange,
    /** How far a colour must lie from the ground, in Lab (CIE 1976). */
    tolerance: z.number().min(0).default(7),
    /** Smaller areas are specks, as a share of the largest area. */
    min_area: z.number().min(0).max(1).default(0.05),
    /** Parts that are this close belong together, as a share of the longer side. */
    gap: z.number().min(0).max(0.2).default(0.008),
  }),
  run: async ({ image, expected }, { tolerance, min_area, gap, ...range }) => {
    const pixels = await image.pixels(maxSide);
    const { width, height } = pixels;
    const asked = withExpected(range, expected);
    const { set, groundShare } = findForeground(pixels, tolerance);
    if (groundShare < minGroundShare) {
      const reason = 'The ground is not of one colour.';
      const passed = isWithin(0, asked) === null ? null : false;
      return { value: null, passed, evidence: { ...asked, ground_share: groundShare, reason } };
    }
    const reach = Math.round((gap * Math.max(width, height)) / 2);
    const { components: found } = labelComponents(grow(set, width, height, reach), width, height);
    const largest = found[0]?.area ?? 0;
    const things = found.filter(({ area }) => area >= largest * min_area);
    const boxes = things.slice(0, 50).map(({ left, top, right, bottom }) => ({
      left: left / width,
      top: top / height,
      right: (right + 1) / width,
      bottom: (bottom + 1) / height,
    }));
    const evidence = { ...asked, ground_share: groundShare, specks: found.length - things.length, boxes };
    return { value: things.length, passed: isWithin(things.length, asked), evidence };
  },
});
