import { z } from 'zod';
import { hasSameRatio, type Pair, pairUp } from '../material/compare-on.ts';
import { need } from '../material/open-material.ts';
import { readMask } from '../material/read-mask.ts';
import { toLabs } from '../pixels/lab.ts';
import { meanAround } from '../pixels/mean-around.ts';
import { kind } from './kind.ts';

const maxSide = 512;
/** Lossy coding shifts colours along edges about this far. */
const grainReach = 2;

export const maskDrift = kind({
  name: 'mask_drift',
  title: 'Drift outside the mask',
  description:
    'For edits: the share of the pixels outside the mask that changed visibly against the picture that was edited (Lab, CIE 1976, the mean of 5 × 5 pixels, at 512 pixels).',
  unit: 'share',
  better: 'lower',
  requires: ['image', 'reference', 'mask'],
  accepts: [],
  options: z.strictObject({
    /** Largest share that passes. */
    max: z.number().min(0).max(1).default(0.005),
    /** A place changed where its mean colour is farther away than this. */
    tolerance: z.number().min(0).default(10),
    /** How far the mask's edge may be overstepped, as a share of the longer side. */
    margin: z.number().min(0).max(0.5).default(0.008),
  }),
  run: async ({ image, reference, mask }, { max, tolerance, margin }) => {
    const before = need(reference, 'reference');
    const asked = { max, tolerance, margin };
    if (!hasSameRatio(await image.header(), await before.header())) {
      // Nothing lies where it was, so every place drifted.
      return { value: 1, passed: false, evidence: { ...asked, reason: 'The edit has another ratio.' } };
    }
    const { pairs } = await pairUp(image, before, maxSide);
    const size = pairs[0]?.reference ?? { width: 1, height: 1 };
    const reach = Math.round(margin * Math.max(size.width, size.height));
    const open = readMask(await need(mask, 'mask').pixelsAt(size), reach);
    const changed = pairs.map((pair) => findChanges(pair, tolerance));
    const counts = countChanges(open, size.width, (at) => changed.some((places) => places[at] === 1));
    const value = counts.outside === 0 ? 0 : counts.changedOutside / counts.outside;
    const inside = counts.inside === 0 ? null : counts.changedInside / counts.inside;
    const evidence = { ...asked, changed_inside: inside, box: toShares(counts.box, size) };
    return { value, passed: value <= max, evidence };
  },
});

/** 1 where the mean difference around a pixel is farther than `tolerance`: grain goes up and down, and evens out. */
function findChanges({ image, reference }: Pair, tolerance: number): Uint8Array {
  const [own, before] = [toLabs(image), toLabs(reference)];
  const { height, width } = image;
  const parts = [0, 1, 2].map((place) => {
    const difference = Float32Array.from(
      { length: width * height },
      (_, at) => (own[at * 3 + place] ?? 0) - (before[at * 3 + place] ?? 0),
    );
    return meanAround(difference, { width, height, reach: grainReach });
  });
  return Uint8Array.from({ length: width * height }, (_, at) =>
    Math.hypot(...parts.map((part) => part[at] ?? 0)) > tolerance ? 1 : 0,
  );
}

type Box = { left: number; top: number; right: number; bottom: number };

function countChanges(open: Uint8Array, width: number, isChanged: (at: number) => boolean) {
  const counts = { outside: 0, changedOutside: 0, inside: 0, changedInside: 0, box: null as Box | null };
  for (const [at, isOpen] of open.entries()) {
    const changed = isChanged(at);
    if (isOpen === 1) {
      counts.inside += 1;
      if (changed) counts.changedInside += 1;
      continue;
    }
    counts.outside += 1;
    if (!changed) continue;
    counts.changedOutside += 1;
    counts.box = include(counts.box, at % width, Math.floor(at / width));
  }
  return counts;
}

function include(box: Box | null, x: number, y: number): Box {
  if (box === null) return { left: x, top: y, right: x, bottom: y };
  return {
    left: Math.min(box.left, x),
    top: Math.min(box.top, y),
    right: Math.max(box.right, x),
    bottom: Math.max(box.bottom, y),
  };
}

/** Where it drifted, as shares of the picture, for people who want to look there. */
function toShares(box: Box | null, { width, height }: { width: number; height: number }): Box | null {
  if (box === null) return null;
  return {
    left: box.left / width,
    top: box.top / height,
    right: (box.right + 1) / width,
    bottom: (box.bottom + 1) / height,
  };
}
