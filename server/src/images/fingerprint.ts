import { createHash } from 'node:crypto';
import type { Asked } from './planned-job.ts';

/** Hash of route and body: equal for requests that ask for the same, whatever the order of their members. */
export function fingerprintOf(asked: Asked): string {
  const body = {
    path: asked.path,
    mode: asked.mode ?? null,
    parameters: sorted(asked.parameters),
    images: asked.images.map((image) => image.hash),
    mask: asked.mask?.hash ?? null,
  };
  return createHash('sha256').update(JSON.stringify(body)).digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const names = Object.keys(value).sort();
  const members = new Map(Object.entries(value));
  return names.map((name) => [name, sorted(members.get(name))]);
}
