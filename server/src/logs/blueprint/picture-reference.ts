import { isWire } from '../wire.ts';

const reference = /^image:(img_[0-9a-f]{32})$/;

/** How rows name a picture of the store: links are signed when a row is read, and bytes stand in none. */
export function toReference(imageId: string): string {
  return `image:${imageId}`;
}

/** Ids of every picture that a value names, at any depth. */
export function listReferences(value: unknown): readonly string[] {
  if (typeof value === 'string') return reference.exec(value)?.slice(1) ?? [];
  if (Array.isArray(value)) return value.flatMap(listReferences);
  return isWire(value) ? Object.values(value).flatMap(listReferences) : [];
}

/** A copy with links in place of references. */
export function withLinks(value: unknown, linkTo: (imageId: string) => string): unknown {
  if (typeof value === 'string') {
    const id = reference.exec(value)?.[1];
    return id === undefined ? value : linkTo(id);
  }
  if (Array.isArray(value)) return value.map((member) => withLinks(member, linkTo));
  if (!isWire(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withLinks(member, linkTo)]));
}

/** A copy whose base64 pictures, data URLs and what stands in `url` of an output, became references; see `keep`. */
export async function withReferences(
  value: unknown,
  keep: (base64: string) => Promise<string | null>,
): Promise<unknown> {
  if (typeof value === 'string') {
    if (!/^data:image\/[^,]{0,60};base64,/i.test(value)) return value;
    return (await keep(value)) ?? '';
  }
  if (Array.isArray(value)) {
    const members: unknown[] = [];
    for (const member of value) members.push(await withReferences(member, keep));
    return members;
  }
  if (!isWire(value)) return value;
  const entries: [string, unknown][] = [];
  for (const [name, member] of Object.entries(value)) {
    const isBare = name === 'url' && value.type === 'output_media' && isBase64(member);
    entries.push([name, isBare ? ((await keep(member)) ?? '') : await withReferences(member, keep)]);
  }
  return Object.fromEntries(entries);
}

function isBase64(value: unknown): value is string {
  return typeof value === 'string' && value.length > 64 && /^[A-Za-z0-9+/_=-]+$/.test(value);
}
