import type { ContentBlock } from '@pictor/api';
import type { OutputPart } from './outputs.ts';

/** Parts of an answer as blocks, in the model's order. Base64 stands in `url` until it is stored. */
export function toBlocks(parts: readonly OutputPart[]): ContentBlock[] {
  return parts.map((part): ContentBlock => {
    if (part.type === 'text') return part;
    return toOutputMedia({
      id: part.id,
      url: 'url' in part.from ? part.from.url : `data:${part.mimeType};base64,${part.from.base64}`,
      mimeType: part.mimeType,
      metadata: part.metadata,
    });
  });
}

/** A picture that a model made, in the one form that all providers share. */
export function toOutputMedia(picture: {
  readonly id: string | null;
  readonly url: string;
  readonly mimeType: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}): ContentBlock {
  return {
    type: 'output_media',
    id: picture.id,
    url: picture.url,
    mime_type: picture.mimeType,
    media_type: 'image',
    provider_metadata: picture.metadata,
  };
}
