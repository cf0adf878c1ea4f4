import { PictorError } from '../../foundation/index.ts';
import { type InputSource, readText, type StoredInput } from '../../images/index.ts';
import type { Item, PictureFacts, Wire } from '../items/item.ts';

/** What it takes to understand an input of one project. */
export type InputReader = {
  /** Brings a picture into the store. Throws the caller's errors. */
  readonly resolve: (source: InputSource) => Promise<StoredInput>;
  /** An earlier item. Throws `not_found` under `param`. */
  readonly findItem: (id: string, param: string) => Promise<Item>;
  /** The call of the image tool with that id, with its picture; null: there is none. */
  readonly findImageCall: (id: string) => Promise<Item | null>;
  /** What an uploaded file is. Throws `not_found` under `param`. */
  readonly findFile: (fileId: string, param: string) => Promise<{ readonly mediaType: string }>;
  /** Keeps a document (data URL or bare base64) as an uploaded file; gives its id. */
  readonly keepFile: (data: string, filename: string, param: string) => Promise<string>;
};

export type ReadPart = { readonly part: Wire; readonly picture?: PictureFacts };

/** One part of a message. Pictures go into the store; nothing of their bytes stays in the part. */
export async function readPart(reader: InputReader, part: Wire, param: string): Promise<ReadPart> {
  switch (part.type) {
    case 'input_text':
    case 'output_text':
    case 'text':
    case 'summary_text':
      if (typeof part.text !== 'string') throw missing('text', param);
      return { part };
    case 'refusal':
      if (typeof part.refusal !== 'string') throw missing('refusal', param);
      return { part };
    case 'input_image':
      return await readPicture(reader, part, param);
    case 'input_file':
      return await readFile(reader, part, param);
    default:
      throw new PictorError({
        code: 'invalid_value',
        message: `A part of the type '${String(part.type).slice(0, 60)}' cannot be read. Parts are input_text, input_image, input_file, output_text and refusal.`,
        param: `${param}.type`,
      });
  }
}

const details: readonly unknown[] = ['low', 'high', 'auto', 'original'];

async function readPicture(reader: InputReader, part: Wire, param: string): Promise<ReadPart> {
  const detail = part.detail ?? 'auto';
  if (!details.includes(detail)) {
    throw new PictorError({
      code: 'invalid_value',
      message: 'The detail of a picture is low, high, auto or original.',
      param: `${param}.detail`,
    });
  }
  const source = sourceOf(part, param);
  const input = await reader.resolve(source);
  const { image_url: _url, file_id: _file, ...rest } = part;
  return {
    part: {
      ...rest,
      detail,
      ...(source.from.type === 'file' ? { file_id: source.from.fileId } : {}),
      ...(source.from.type === 'url' ? { image_url: source.from.url } : {}),
    },
    picture: toPicture(input),
  };
}

function sourceOf(part: Wire, param: string): InputSource {
  const url = part.image_url ?? undefined;
  const fileId = part.file_id ?? undefined;
  if (typeof url === 'string' && fileId === undefined) return readText(url, `${param}.image_url`);
  if (typeof fileId === 'string' && url === undefined) {
    return { param: `${param}.file_id`, from: { type: 'file', fileId } };
  }
  throw new PictorError({
    code: url === undefined && fileId === undefined ? 'missing_required_parameter' : 'invalid_value',
    message: 'A picture must have exactly one of image_url and file_id, each a text.',
    param,
  });
}

/** A document is handed on to a model that takes them; bytes become an uploaded file. A picture is a picture. */
async function readFile(reader: InputReader, part: Wire, param: string): Promise<ReadPart> {
  const { file_id: fileId, file_url: url, file_data: data, ...rest } = part;
  if ([fileId, url, data].filter((each) => each != null).length !== 1) {
    throw new PictorError({
      code: fileId == null && url == null && data == null ? 'missing_required_parameter' : 'invalid_value',
      message: 'A file must have exactly one of file_id, file_url and file_data.',
      param,
    });
  }
  if (typeof url === 'string') return { part: { ...rest, file_url: url } };
  const filename = typeof part.filename === 'string' ? part.filename : 'document';
  const id = typeof data === 'string' ? await reader.keepFile(data, filename, `${param}.file_data`) : fileId;
  if (typeof id !== 'string') throw missing('file_id', param);
  const file = await reader.findFile(id, `${param}.file_id`);
  const kept = { part: { ...rest, file_id: id } };
  if (!file.mediaType.startsWith('image/')) return kept;
  const from = { type: 'file', fileId: id } as const;
  return { ...kept, picture: toPicture(await reader.resolve({ param: `${param}.file_id`, from })) };
}

export function toPicture(input: StoredInput): PictureFacts {
  return {
    imageId: input.id,
    hash: input.hash,
    mediaType: input.mediaType,
    byteCount: input.byteCount,
    width: input.width,
    height: input.height,
  };
}

function missing(member: string, param: string): PictorError {
  return new PictorError({
    code: 'missing_required_parameter',
    message: `This part needs ${member}, a text.`,
    param: `${param}.${member}`,
  });
}
