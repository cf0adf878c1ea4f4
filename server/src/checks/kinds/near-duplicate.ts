import { z } from 'zod';
import { type Fingerprint, fingerprintOf } from '../material/fingerprint.ts';
import { deltaE76 } from '../pixels/lab.ts';
import { hashDistance } from '../pixels/perceptual-hash.ts';
import { kind } from './kind.ts';

const defaultMaxBits = 4;
const defaultMaxColour = 5.5;
/** A mark in a corner moves many frequencies and hardly any colour: so close, it is the same whatever the bits say. */
const sameColour = 1.5;

export const nearDuplicate = kind({
  name: 'near_duplicate',
  title: 'No near duplicate',
  description:
    'The distance to the most similar other picture in bits of a perceptual hash (pHash: 64 bits from the lowest frequencies of brightness at 32 × 32). A picture is a near duplicate where the hash is close and the mean colours of a 16 × 16 grid (Lab, CIE 1976) are too, or where those colours are almost the same. Survives scaling, recoding and small touches; not cropping, turning or mirroring.',
  unit: 'bits',
  better: 'higher',
  requires: ['image', 'others'],
  accepts: [],
  options: z.strictObject({
    /** Up to this many differing bits of 64 it is the same shape. */
    max_bits: z.int().min(0).max(64).default(defaultMaxBits),
    /** Up to this mean distance of the grid's colours in Lab (CIE 1976) it has the same colours. */
    max_colour_distance: z.number().min(0).default(defaultMaxColour),
  }),
  run: async ({ image, others }, { max_bits, max_colour_distance }) => {
    const own = await fingerprintOf(image);
    const near: { other: number; bits: number; colour_distance: number }[] = [];
    let nearest: number | null = null;
    for (const [other, picture] of others.entries()) {
      const found = await fingerprintOf(picture);
      const bits = hashDistance(own.shape, found.shape);
      const colour_distance = colourDistance(own, found);
      nearest = Math.min(nearest ?? bits, bits);
      const isNear = bits <= max_bits && colour_distance <= max_colour_distance;
      if (isNear || colour_distance <= Math.min(sameColour, max_colour_distance))
        near.push({ other, bits, colour_distance });
    }
    near.sort((one, next) => one.bits - next.bits || one.colour_distance - next.colour_distance);
    const evidence = { near: near.slice(0, 20), max_bits, max_colour_distance };
    return { value: nearest, passed: near.length === 0, evidence };
  },
});

function colourDistance(one: Fingerprint, other: Fingerprint): number {
  const distances = one.colours.map((colour, field) => deltaE76(colour, other.colours[field] ?? colour));
  return distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
}
