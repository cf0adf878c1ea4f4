/** The first lines of an answer. */
export type Head = {
  readonly status: number;
  /** Lower-case names; several values of one name are joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
};

/** An answer that is no HTTP, or breaks off. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
}

/** Gathers a head from parts of any length. */
export type HeadReader = {
  /** Where in these bytes the head has ended; null: it goes on. Throws an HttpError where it never will. */
  readonly feed: (bytes: Uint8Array) => { readonly head: Head; readonly end: number } | null;
};

const mostHeadBytes = 64 * 1024;

const blankLine = '\r\n\r\n';

export function openHeadReader(): HeadReader {
  let text = '';
  return {
    feed: (bytes) => {
      const before = text.length;
      text += Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(
        'latin1',
        0,
        mostHeadBytes,
      );
      const blank = text.indexOf(blankLine, Math.max(0, before - blankLine.length));
      if (blank === -1) {
        if (text.length >= mostHeadBytes) throw new HttpError('The head of the answer has no end.');
        return null;
      }
      return { head: parseHead(text.slice(0, blank)), end: blank + blankLine.length - before };
    },
  };
}

const statusLine = /^HTTP\/1\.[01] ([1-9]\d\d)(?: |$)/;
const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

function parseHead(text: string): Head {
  const [first = '', ...lines] = text.split('\r\n');
  const status = statusLine.exec(first)?.[1];
  if (status === undefined) throw new HttpError('The service does not answer in HTTP/1.1.');
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0));
    if (!headerName.test(name)) throw new HttpError('The answer has a header line that is none.');
    const key = name.toLowerCase();
    // Not by a pattern: one with white space on both sides takes seconds for a value of nothing else.
    const value = line.slice(colon + 1).trim();
    const known = headers.get(key);
    headers.set(key, known === undefined ? value : `${known}, ${value}`);
  }
  return { status: Number(status), headers: Object.fromEntries(headers) };
}
