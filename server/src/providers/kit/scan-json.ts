import { type Base64Cleaner, openBase64Cleaner } from './clean-base64.ts';
import { type GrowingText, openText } from './grow-text.ts';

/** Pieces of a JSON text whose base64 strings are taken out on the way. Every `start` has its `end`. */
export type JsonPiece =
  | {
      readonly type: 'start';
      /** The short strings among the outermost object's members that came before. */
      readonly members: ReadonlyMap<string, string>;
    }
  /** A part of clean base64: standard alphabet, padded at its end, of any length. */
  | { readonly type: 'base64'; readonly text: Uint8Array }
  | { readonly type: 'end' };

export type JsonScanner = {
  /** Throws a SyntaxError for base64 that is none, and for too much text beside it. */
  readonly feed: (bytes: Uint8Array) => JsonPiece[];
  /** Everything so far, with '' where base64 stood. Nobody has checked that it is valid JSON. */
  readonly text: () => string;
};

export type JsonScannerOptions = {
  /** Which strings are base64, by where they stand: member names, and `*` for places in arrays. */
  readonly isBase64: (path: readonly string[]) => boolean;
  /** Most bytes beside the base64. Default 1 MiB. */
  readonly maxTextBytes?: number;
};

type Frame = { readonly kind: 'object' | 'array'; name: string; expectsName: boolean };

type Scan = {
  readonly isBase64: JsonScannerOptions['isBase64'];
  readonly text: GrowingText;
  readonly members: Map<string, string>;
  readonly stack: Frame[];
  mode: 'between' | 'string' | 'base64';
  /** The beginning of an escape sequence; null: in none. */
  escape: string | null;
  /** Where the last string that is no base64 began in `text`. */
  stringStart: number;
  cleaner: Base64Cleaner;
  pieces: JsonPiece[];
};

const quote = 0x22;
const backslash = 0x5c;
const defaultMaxTextBytes = 1024 * 1024;
const longestMember = 200;

/**
 * Reads JSON in parts of any length without ever holding one of its base64 strings. What stands around them is
 * gathered for a real parser, so that this scanner itself need not know what is valid.
 */
export function openJsonScanner(options: JsonScannerOptions): JsonScanner {
  const scan: Scan = {
    isBase64: options.isBase64,
    text: openText(options.maxTextBytes ?? defaultMaxTextBytes),
    members: new Map(),
    stack: [],
    mode: 'between',
    escape: null,
    stringStart: 0,
    cleaner: openBase64Cleaner(),
    pieces: [],
  };
  return {
    feed: (bytes) => {
      scan.pieces = [];
      for (let index = 0; index < bytes.length; ) index = readOn(scan, bytes, index);
      return scan.pieces;
    },
    text: () => scan.text.from(0),
  };
}

/** Reads one byte, or as much base64 as there is. Returns where to go on. */
function readOn(scan: Scan, bytes: Uint8Array, index: number): number {
  const byte = bytes[index] ?? 0;
  switch (scan.mode) {
    case 'between':
      readBetween(scan, byte);
      return index + 1;
    case 'string':
      readText(scan, byte);
      return index + 1;
    case 'base64':
      if (scan.escape === null) return readBase64(scan, bytes, index);
      readEscape(scan, byte, scan.escape);
      return index + 1;
  }
}

function readBetween(scan: Scan, byte: number): void {
  if (byte === quote) {
    openString(scan);
    return;
  }
  scan.text.push(byte);
  const frame = scan.stack.at(-1);
  switch (String.fromCharCode(byte)) {
    case '{':
      scan.stack.push({ kind: 'object', name: '', expectsName: true });
      break;
    case '[':
      scan.stack.push({ kind: 'array', name: '*', expectsName: false });
      break;
    case '}':
    case ']':
      scan.stack.pop();
      break;
    case ':':
      if (frame !== undefined) frame.expectsName = false;
      break;
    case ',':
      if (frame !== undefined) frame.expectsName = frame.kind === 'object';
      break;
  }
}

function openString(scan: Scan): void {
  scan.stringStart = scan.text.length();
  scan.text.push(quote);
  const isName = scan.stack.at(-1)?.expectsName === true;
  if (isName || !scan.isBase64(scan.stack.map((frame) => frame.name))) {
    scan.mode = 'string';
    return;
  }
  scan.mode = 'base64';
  scan.cleaner = openBase64Cleaner();
  scan.pieces.push({ type: 'start', members: new Map(scan.members) });
}

function readText(scan: Scan, byte: number): void {
  scan.text.push(byte);
  if (scan.escape === null && byte === quote) closeText(scan);
  else scan.escape = scan.escape === null && byte === backslash ? '\\' : null;
}

/** A string that is no base64 has ended: it was a name, or perhaps a member worth remembering. */
function closeText(scan: Scan): void {
  scan.mode = 'between';
  const frame = scan.stack.at(-1);
  if (frame === undefined) return;
  const isShort = scan.text.length() - scan.stringStart < longestMember;
  if (frame.expectsName) frame.name = readString(scan.text.from(scan.stringStart));
  else if (scan.stack.length === 1 && frame.kind === 'object' && isShort) {
    scan.members.set(frame.name, readString(scan.text.from(scan.stringStart)));
  }
}

function readBase64(scan: Scan, bytes: Uint8Array, from: number): number {
  const end = endOfBase64(bytes, from);
  tellText(scan, scan.cleaner.feed(bytes.subarray(from, end)));
  if (bytes[end] === backslash) scan.escape = '\\';
  else if (bytes[end] === quote) {
    tellText(scan, scan.cleaner.end());
    scan.pieces.push({ type: 'end' });
    scan.text.push(quote);
    scan.mode = 'between';
  }
  return end + 1;
}

/** An escape inside base64, such as the `\/` of some writers. Line breaks mean nothing in base64. */
function readEscape(scan: Scan, byte: number, begun: string): void {
  const sequence = begun + String.fromCharCode(byte);
  if (sequence[1] === 'u' && sequence.length < 6) {
    scan.escape = sequence;
    return;
  }
  scan.escape = null;
  tellText(scan, scan.cleaner.feed(Buffer.from(readString(`"${sequence}"`).trim())));
}

function tellText(scan: Scan, text: Uint8Array): void {
  if (text.length > 0) scan.pieces.push({ type: 'base64', text });
}

/** The place of the next quote or backslash, or the end. */
function endOfBase64(bytes: Uint8Array, from: number): number {
  const nextQuote = bytes.indexOf(quote, from);
  const end = nextQuote === -1 ? bytes.length : nextQuote;
  const nextBackslash = bytes.subarray(from, end).indexOf(backslash);
  return nextBackslash === -1 ? end : from + nextBackslash;
}

function readString(json: string): string {
  return String(JSON.parse(json));
}
