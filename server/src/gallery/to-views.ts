import type { Family } from './find-family.ts';
import type { ImageRow } from './queries.ts';

/** An image as lists show it. */
export function toImageView(row: ImageRow) {
  return {
    id: row.id,
    object: 'image',
    role: row.role,
    request: row.request_id,
    prompt: row.prompt,
    revised_prompt: row.revised_prompt,
    model: row.model,
    engine: row.engine,
    tags: row.tags,
    width: row.width,
    height: row.height,
    media_type: row.media_type,
    bytes: Number(row.byte_count),
    hash: row.hash,
    url: `/images/${row.id}`,
    thumbnail_url: `/images/${row.id}/thumbnail`,
    created_at: toSeconds(row.created_at),
  };
}

export function toFamilyView(image: ImageRow, family: Family) {
  return {
    object: 'image.family',
    image: toImageView(image),
    requests: family.requests.map((request) => {
      const own = family.images.filter((each) => each.request_id === request.id);
      return {
        id: request.id,
        kind: request.kind,
        status: request.status,
        model: request.model_id,
        prompt: request.prompt,
        saved_prompt:
          request.prompt_id === null
            ? null
            : { id: request.prompt_id, name: request.prompt_name, version: request.prompt_version },
        response: request.parent_id,
        created_at: toSeconds(request.created_at),
        outputs: own.filter((each) => each.role === 'output').map(toImageView),
        inputs: own.filter((each) => each.role !== 'output').map(toImageView),
      };
    }),
    links: family.links,
    truncated: family.truncated,
  };
}

function toSeconds(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}
