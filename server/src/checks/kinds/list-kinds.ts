import type { Kind } from './kind.ts';
import { height, width } from './side-length.ts';

const kinds: readonly Kind[] = [width, height];

export function listKinds(): readonly Kind[] {
  return kinds;
}

export function findKind(name: string): Kind | null {
  return kinds.find((kind) => kind.name === name) ?? null;
}
