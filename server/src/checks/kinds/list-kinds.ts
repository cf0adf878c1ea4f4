import { blank } from './blank.ts';
import { byteCount } from './byte-count.ts';
import { colourDistance } from './colour-distance.ts';
import { contentCredentials } from './content-credentials.ts';
import { exactDuplicate } from './exact-duplicate.ts';
import { format } from './format.ts';
import type { Kind } from './kind.ts';
import { lettering } from './lettering.ts';
import { maskDrift } from './mask-drift.ts';
import { metadata } from './metadata.ts';
import { nearDuplicate } from './near-duplicate.ts';
import { objectCount } from './object-count.ts';
import { paletteDistance } from './palette-distance.ts';
import { ratio } from './ratio.ts';
import { sharpness } from './sharpness.ts';
import { height, width } from './side-length.ts';
import { similarity } from './similarity.ts';
import { transparency } from './transparency.ts';

const kinds: readonly Kind[] = [
  width,
  height,
  ratio,
  format,
  byteCount,
  transparency,
  blank,
  exactDuplicate,
  nearDuplicate,
  similarity,
  colourDistance,
  maskDrift,
  paletteDistance,
  sharpness,
  objectCount,
  lettering,
  metadata,
  contentCredentials,
];

export function listKinds(): readonly Kind[] {
  return kinds;
}

export function findKind(name: string): Kind | null {
  return kinds.find((kind) => kind.name === name) ?? null;
}
