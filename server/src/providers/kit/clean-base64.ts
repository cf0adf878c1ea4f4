/** Makes clean base64 of what arrives in parts of any length. */
export type Base64Cleaner = {
  /** What is base64 in it, in the standard alphabet and without padding: mostly just what was fed. */
  readonly feed: (text: Uint8Array) => Uint8Array;
  /** The padding. Throws a SyntaxError when the text was cut. */
  readonly end: () => Uint8Array;
};

/** A data URL's head is shorter than this; what is longer is no head. */
const longestHead = 200;

const scheme = 'data:';

const equals = 0x3d;
const minus = 0x2d;
const underscore = 0x5f;
const plus = 0x2b;
const slash = 0x2f;
const nothing = new Uint8Array();

/**
 * Standard and URL-safe alphabets, never both, with or without padding. Some servers write a whole data URL where base64 is
 * meant, so a head such as `data:image/png;base64,` is skipped. Letters that are none show when it is decoded.
 */
export function openBase64Cleaner(): Base64Cleaner {
  let head: string | null = '';
  let digitCount = 0;
  let padding = 0;
  /** A sign was seen that addresses have not. Whoever writes it writes none of theirs, so nobody looks for them any more. */
  let isStandard = false;

  const pastHead = (text: Uint8Array): Uint8Array => {
    if (head === null) return text;
    // Mostly there is none, and a large text is not copied to find that out.
    if (head === '' && text.length >= scheme.length && latin1(text.subarray(0, scheme.length)) !== scheme) {
      head = null;
      return text;
    }
    head += latin1(text);
    const rest = skipHead(head);
    if (rest === null) return nothing;
    head = null;
    return Buffer.from(rest, 'latin1');
  };

  const toStandard = (digits: Uint8Array): Uint8Array => {
    if (isStandard) return digits;
    isStandard = digits.includes(plus) || digits.includes(slash);
    if (isStandard || !(digits.includes(minus) || digits.includes(underscore))) return digits;
    return Buffer.from(latin1(digits).replaceAll('-', '+').replaceAll('_', '/'), 'latin1');
  };

  return {
    feed: (text) => {
      const body = pastHead(text);
      // Padding stands at the end. Where it stands elsewhere, decoding finds it.
      const digits = body.subarray(0, lengthOfDigits(body));
      if (padding > 0 && digits.length > 0) throw notBase64();
      padding += body.length - digits.length;
      if (padding > 2) throw notBase64();
      digitCount += digits.length;
      return toStandard(digits);
    },
    end: () => {
      if ((head !== null && head !== '') || digitCount % 4 === 1) throw notBase64();
      return Buffer.from('='.repeat((4 - (digitCount % 4)) % 4));
    },
  };
}

/** The bytes of clean base64 that comes in parts of any length. Throws a SyntaxError for what is none. */
export async function* decodeBase64(texts: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let carry = '';
  for await (const text of texts) {
    const whole = carry + latin1(text);
    const length = whole.length - (whole.length % 4);
    carry = whole.slice(length);
    if (length > 0) yield decode(whole.slice(0, length));
  }
  if (carry !== '') throw notBase64();
}

/** What stands behind the head of a data URL, or everything when there is none. Null: more is needed to know. */
function skipHead(text: string): string | null {
  if (!text.startsWith(scheme)) return scheme.startsWith(text) ? null : text;
  const comma = text.indexOf(',');
  if (comma === -1 && text.length < longestHead) return null;
  if (comma === -1 || comma > longestHead) throw notBase64();
  return text.slice(comma + 1);
}

function lengthOfDigits(text: Uint8Array): number {
  let length = text.length;
  while (length > 0 && text[length - 1] === equals) length -= 1;
  return length;
}

/** The platform's decoder skips what it does not know, which shows in the length. */
function decode(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== (text.length * 3) / 4 - (/={0,2}$/.exec(text)?.[0].length ?? 0)) throw notBase64();
  return bytes;
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function notBase64(): SyntaxError {
  return new SyntaxError('The text is no base64.');
}
