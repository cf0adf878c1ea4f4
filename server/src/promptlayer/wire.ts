/** A JSON object. */
export type Wire = Readonly<Record<string, unknown>>;

export function isWire(value: unknown): value is Wire {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The body of a call; nothing is an empty object, since clients name the type of bodies that they do not send. */
export function readBody(body: unknown): Wire {
  return isWire(body) ? body : {};
}

export function readText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function readInteger(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 && number < 2 ** 31
    ? number
    : undefined;
}

export function readTexts(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.filter((member) => typeof member === 'string' && member !== '').map(String);
}

/** Metadata: texts, and numbers and flags as texts. */
export function readMetadata(value: unknown): Readonly<Record<string, string>> | undefined {
  if (!isWire(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) =>
      ['string', 'number', 'boolean'].includes(typeof member) ? [[key, String(member)]] : [],
    ),
  );
}

/** ISO text, seconds or milliseconds since 1970. */
export function readTime(value: unknown): Date | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) {
    return toDate(value > 1e11 ? value : value * 1000);
  }
  return typeof value === 'string' && value !== '' ? toDate(value) : undefined;
}

function toDate(value: number | string): Date | undefined {
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
