import type { GuardedFetch } from '../fetching/index.ts';
import { newId, PictorError } from '../foundation/index.ts';
import type { ImageStore } from '../storage/index.ts';
import { decodeBase64 } from './decode-base64.ts';
import type { InputSource } from './input-source.ts';
import { limitUpload, maxUploadBytes } from './limit-upload.ts';
import type { StoredInput } from './stored-image.ts';

/** Finds what a file id names, a file or a stored image; null: nothing in that project, or it has expired. */
export type FindFile = (
  projectId: string,
  fileId: string,
) => Promise<{ readonly hash: string; readonly byteCount: number } | null>;

export type InputParts = {
  readonly store: ImageStore;
  readonly findFile: FindFile;
  readonly fetching: GuardedFetch;
};

/**
 * Brings a picture into the store, wherever it is, and finds out what it is from its bytes. Throws the caller's errors
 * with the picture's name: not an image, cut off, too many pixels, not reachable, unknown file.
 */
export async function resolveInput(
  parts: InputParts,
  source: InputSource,
  projectId: string,
): Promise<StoredInput> {
  const { hash, byteCount } = await bringIn(parts, source, projectId);
  const facts = byteCount === 0 ? null : await parts.store.inspect(hash);
  if (facts === null) {
    throw new PictorError({
      code: source.param === 'mask' ? 'invalid_mask_image_format' : 'invalid_image_format',
      message: `${source.param} is not an image that can be read. Send a PNG, JPEG or WebP file.`,
      param: source.param,
    });
  }
  const verdict = await parts.store.checkDecodable(hash);
  if (verdict !== 'ok') throw undecodable(source.param, verdict.problem);
  const turned = facts.orientation >= 5;
  return {
    id: newId('img'),
    hash,
    byteCount,
    mediaType: facts.mediaType,
    width: turned ? facts.height : facts.width,
    height: turned ? facts.width : facts.height,
    hasAlpha: facts.hasAlpha,
    animated: facts.frames > 1,
    param: source.param,
    open: () => parts.store.read(hash),
  };
}

async function bringIn(
  parts: InputParts,
  source: InputSource,
  projectId: string,
): Promise<{ hash: string; byteCount: number }> {
  const { from, param } = source;
  switch (from.type) {
    case 'upload':
      return from;
    case 'data':
      return await parts.store.put(decodeBase64(from.text, param), limitUpload(param));
    case 'url': {
      const { chunks } = await parts.fetching.download(from.url, { maxBytes: maxUploadBytes, param });
      return await parts.store.put(chunks, limitUpload(param));
    }
    case 'file': {
      const file = await parts.findFile(projectId, from.fileId);
      if (file !== null) return file;
      throw new PictorError({
        code: 'not_found',
        message: `There is no file '${from.fileId.slice(0, 60)}' in your project. It may have expired.`,
        param,
      });
    }
  }
}

function undecodable(param: string, problem: string): PictorError {
  const isMask = param === 'mask';
  const message =
    problem === 'too-many-pixels'
      ? `${param} has too many pixels to be read. Send a smaller picture.`
      : `${param} is cut off or damaged: its bytes end before the picture does.`;
  return new PictorError({ code: isMask ? 'invalid_mask_image_format' : 'invalid_image', message, param });
}
