import { PictorError } from '../foundation/index.ts';

/** A multiple of four, so that every slice of the text decodes by itself. */
const sliceChars = 1024 * 1024;

/**
 * Bytes of a data URL or of bare base64, slice by slice, so that neither a second copy of a large picture is held nor
 * the event loop kept for long. Throws `invalid_base64_image` at the first character that is none.
 */
export async function* decodeBase64(text: string, param: string): AsyncGenerator<Uint8Array> {
  const start = dataStart(text, param);
  if (start >= text.length) throw invalid(param, 'it holds no bytes');
  for (let at = start; at < text.length; at += sliceChars) {
    const slice = text.slice(at, at + sliceChars);
    if (!/^[A-Za-z0-9+/_-]*={0,2}\s*$/.test(slice)) throw invalid(param, 'it is not base64');
    yield Buffer.from(slice, 'base64');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Where the base64 begins: behind the comma of a data URL, or at once. */
function dataStart(text: string, param: string): number {
  if (!/^data:/i.test(text)) return 0;
  const comma = text.indexOf(',');
  const head = text.slice(0, Math.max(comma, 0));
  if (comma === -1 || comma > 300) throw invalid(param, 'the data URL has no comma');
  if (!/;base64$/i.test(head)) throw invalid(param, 'the data URL must be ;base64');
  return comma + 1;
}

function invalid(param: string, what: string): PictorError {
  return new PictorError({
    code: 'invalid_base64_image',
    message: `${param} cannot be read: ${what}. Send a data URL such as data:image/png;base64,iVBOR…`,
    param,
  });
}
