import { parseSteps, type Step } from './parse-path.ts';

/** A value of the row: of a field or an earlier column, or a part of it. */
export type Reference = { readonly name: string; readonly steps: readonly Step[] };

const inBraces = /\{([\p{L}\p{N}_][^{}]{0,500})\}/gu;

/** The one reference that a source is; null: it is a text. */
export function parseReference(source: string): Reference | null {
  const inner = /^\{([^{}]+)\}$/.exec(source.trim())?.[1];
  return inner === undefined ? null : parseInner(inner);
}

function parseInner(inner: string): Reference | null {
  const at = inner.search(/[.[]/);
  const name = (at < 0 ? inner : inner.slice(0, at)).trim();
  const steps = at < 0 ? [] : parseSteps(inner.slice(at).trim());
  return steps === null || name === '' ? null : { name, steps };
}

/** The names that a source reads, of those that there are. Braces around anything else are only text. */
export function listNames(source: string): readonly string[] {
  return [...source.matchAll(inBraces)].flatMap((match) => {
    const reference = parseInner(match[1] ?? '');
    return reference === null ? [] : [reference.name];
  });
}

/** Fills references into a text; what `read` does not know stays as it is. */
export function fillText(source: string, read: (reference: Reference) => string | null): string {
  return source.replaceAll(inBraces, (whole, inner: string) => {
    const reference = parseInner(inner);
    return reference === null ? whole : (read(reference) ?? whole);
  });
}
