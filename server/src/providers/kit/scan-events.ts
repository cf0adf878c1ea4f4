import { type GrowingText, openText } from './grow-text.ts';
import { type JsonPiece, type JsonScanner, type JsonScannerOptions, openJsonScanner } from './scan-json.ts';

/** Pieces of a stream of server-sent events with JSON in them: those of an event's JSON, then the event itself. */
export type EventPiece =
  | (JsonPiece & EventName)
  | (EventName & {
      readonly type: 'event';
      /** The data with '' where base64 stood; null for the closing `[DONE]` of some servers. */
      readonly data: unknown;
    });

/** The `event:` line, if it came before the data. */
type EventName = { readonly eventName: string | undefined };

export type EventScanner = {
  /** Throws a SyntaxError for data that is no JSON, and for too much text. */
  readonly feed: (bytes: Uint8Array) => EventPiece[];
  /** An event that was complete but for its last line break. */
  readonly end: () => EventPiece[];
};

type Scan = {
  readonly options: JsonScannerOptions;
  /** The line so far; null: it is a line of data, which goes to the JSON scanner. */
  line: GrowingText | null;
  json: JsonScanner | null;
  eventName: string | undefined;
  /** True behind a carriage return, whose line feed belongs to it. */
  afterReturn: boolean;
  pieces: EventPiece[];
};

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const colon = 0x3a;
const longestLine = 64 * 1024;

/** Reads events in parts of any length; base64 inside their data is decoded while it arrives. */
export function openEventScanner(options: JsonScannerOptions): EventScanner {
  const scan: Scan = {
    options,
    line: openText(longestLine),
    json: null,
    eventName: undefined,
    afterReturn: false,
    pieces: [],
  };
  return {
    feed: (bytes) => {
      scan.pieces = [];
      for (let index = 0; index < bytes.length; ) index = readOn(scan, bytes, index);
      return scan.pieces;
    },
    end: () => {
      scan.pieces = [];
      endLine(scan);
      endEvent(scan);
      return scan.pieces;
    },
  };
}

/** Reads one byte, or as much of a line of data as there is. Returns where to go on. */
function readOn(scan: Scan, bytes: Uint8Array, index: number): number {
  const byte = bytes[index] ?? 0;
  const belongsToReturn = scan.afterReturn && byte === lineFeed;
  scan.afterReturn = byte === carriageReturn;
  if (belongsToReturn) return index + 1;
  if (byte === lineFeed || byte === carriageReturn) {
    endLine(scan);
    return index + 1;
  }
  if (scan.line !== null) {
    readField(scan, scan.line, byte);
    return index + 1;
  }
  const end = endOfLine(bytes, index);
  feedJson(scan, bytes.subarray(index, end));
  return end;
}

function readField(scan: Scan, line: GrowingText, byte: number): void {
  line.push(byte);
  if (byte !== colon || line.from(0) !== 'data:') return;
  scan.line = null;
  // The lines of one event's data are joined by line feeds.
  if (scan.json === null) scan.json = openJsonScanner(scan.options);
  else feedJson(scan, Uint8Array.of(lineFeed));
}

function feedJson(scan: Scan, bytes: Uint8Array): void {
  for (const piece of scan.json?.feed(bytes) ?? []) {
    scan.pieces.push({ ...piece, eventName: scan.eventName });
  }
}

function endLine(scan: Scan): void {
  const text = scan.line?.from(0);
  scan.line = openText(longestLine);
  if (text === '') endEvent(scan);
  else if (text?.startsWith('event:') === true) scan.eventName = text.slice('event:'.length).trim();
}

function endEvent(scan: Scan): void {
  const text = scan.json?.text().trim() ?? '';
  if (text !== '') {
    const data: unknown = text === '[DONE]' ? null : JSON.parse(text);
    scan.pieces.push({ type: 'event', eventName: scan.eventName, data });
  }
  scan.json = null;
  scan.eventName = undefined;
}

function endOfLine(bytes: Uint8Array, from: number): number {
  const feed = bytes.indexOf(lineFeed, from);
  const end = feed === -1 ? bytes.length : feed;
  const carriage = bytes.subarray(from, end).indexOf(carriageReturn);
  return carriage === -1 ? end : from + carriage;
}
