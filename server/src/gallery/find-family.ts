import {
  type FamilyRequest,
  findChildren,
  findParents,
  findUsers,
  type Link,
  selectRequests,
} from './family-queries.ts';
import { type ImageRow, type Reader, selectImagesOf } from './queries.ts';

/** A family larger than this is shown in part. */
const mostRequests = 200;

export type Family = {
  readonly requests: readonly FamilyRequest[];
  readonly images: readonly ImageRow[];
  readonly links: readonly Link[];
  readonly truncated: boolean;
};

/** The requests that led to an image and those that it led to, `depth` steps away at most. */
export async function findFamily(
  reader: Reader,
  projectId: string,
  image: ImageRow,
  depth: number,
): Promise<Family> {
  const start =
    image.request_id === null ? await findUsers(reader, projectId, image.hash) : [image.request_id];
  if (start.length === 0) return { requests: [], images: [], links: [], truncated: false };
  const known = new Set(start);
  const links = new Map<string, Link>();
  let truncated = false;
  const walk = async (find: typeof findParents, next: (link: Link) => string): Promise<void> => {
    let level: readonly string[] = start;
    for (let step = 0; step < depth && level.length > 0; step += 1) {
      const reached = new Set<string>();
      for (const link of await find(reader, projectId, level)) {
        const id = next(link);
        if (!known.has(id) && known.size >= mostRequests) {
          truncated = true;
          continue;
        }
        if (!known.has(id)) reached.add(id);
        known.add(id);
        links.set(`${link.from} ${link.to} ${link.as} ${link.image}`, link);
      }
      level = [...reached];
    }
    truncated ||=
      level.length > 0 && (await find(reader, projectId, level)).some((link) => !known.has(next(link)));
  };
  await walk(findParents, (link) => link.from);
  await walk(findChildren, (link) => link.to);
  const ids = [...known];
  return {
    requests: await selectRequests(reader, projectId, ids),
    images: await selectImagesOf(reader, projectId, ids),
    links: [...links.values()],
    truncated,
  };
}
