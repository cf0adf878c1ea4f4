import { PictorError } from '../foundation/index.ts';

const sliceChars = 1024 * 1024;

/**
 * Bytes of a data URL or of bare base64, slice by slice, so that neither a second copy of a large picture is held nor
 * the event loop kept for long. Throws `invalid_base64_image` at the first character that is none.
 */
export async function* decodeBase64(text: string, param: string): AsyncGenerator<Uint8Array> {
  const start = dataStart(text, param);
  if (start >= text.length) throw invalid(param, 'it holds no bytes');
  // Encoders of mail wrap their lines, so that four characters that belong together may stand in two slices.
  let rest = '';
  for (let at = start; at < text.length; at += sliceChars) {
    const more = text.slice(at, at + sliceChars).replace(/\s+/g, '');
    const slice = rest + more;
    const goesOn = rest.endsWith('=') && more !== '' && more !== '=';
    if (goesOn || !/^[A-Za-z0-9+/_-]*={0,2}$/.test(slice)) throw invalid(param, 'it is not base64');
    // What is padded is the end; it waits, so that anything behind it is seen.
    const whole = slice.endsWith('=') ? 0 : slice.length - (slice.length % 4);
    yield Buffer.from(slice.slice(0, whole), 'base64');
    rest = slice.slice(whole);
    await new Promise((resolve) => setImmediate(resolve));
  }
  yield Buffer.from(rest, 'base64');
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
