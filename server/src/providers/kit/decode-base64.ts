/** Decodes base64 that arrives in parts of any length. */
export type Base64Decoder = {
  /** The bytes that are complete now; often fewer than were fed. Throws a SyntaxError for what is no base64. */
  readonly feed: (text: string) => Uint8Array;
  /** The rest. Throws a SyntaxError when the text was cut. */
  readonly end: () => Uint8Array;
};

/** A data URL's head is shorter than this; what is longer is no head. */
const longestHead = 200;

/**
 * Standard and URL-safe alphabets, with or without padding. Some servers write a whole data URL where base64 is
 * meant, so a head such as `data:image/png;base64,` is skipped.
 */
export function openBase64Decoder(): Base64Decoder {
  let head: string | null = '';
  let carry = '';
  let padding = 0;

  const pastHead = (text: string): string => {
    if (head === null) return text;
    head += text;
    const rest = skipHead(head);
    if (rest === null) return '';
    head = null;
    return rest;
  };

  return {
    feed: (text) => {
      const body = pastHead(text);
      const firstEquals = body.indexOf('=');
      const digits = firstEquals === -1 ? body : body.slice(0, firstEquals);
      if (padding > 0 && digits !== '') throw notBase64();
      if (firstEquals !== -1) padding += countPadding(body.slice(firstEquals));
      if (padding > 2) throw notBase64();
      const whole = carry + digits;
      const length = whole.length - (whole.length % 4);
      carry = whole.slice(length);
      return decode(whole.slice(0, length));
    },
    end: () => {
      if (head !== null && head !== '') throw notBase64();
      if (carry.length === 1) throw notBase64();
      return decode(carry);
    },
  };
}

/** What stands behind the head of a data URL, or everything when there is none. Null: more is needed to know. */
function skipHead(text: string): string | null {
  const scheme = 'data:';
  if (!text.startsWith(scheme)) return scheme.startsWith(text) ? null : text;
  const comma = text.indexOf(',');
  if (comma === -1 && text.length < longestHead) return null;
  if (comma === -1 || comma > longestHead) throw notBase64();
  return text.slice(comma + 1);
}

function countPadding(text: string): number {
  if (!/^={1,2}$/.test(text)) throw notBase64();
  return text.length;
}

/** The platform's decoder skips what it does not know, which shows in the length. */
function decode(digits: string): Uint8Array {
  const bytes = Buffer.from(digits, 'base64');
  if (bytes.length !== Math.floor((digits.length * 3) / 4)) throw notBase64();
  return bytes;
}

function notBase64(): SyntaxError {
  return new SyntaxError('The text is no base64.');
}
