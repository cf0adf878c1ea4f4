import type { Document, LineCounter } from 'yaml';
import { SettingsError } from '../foundation/index.ts';

/** Something wrong at one place of pictor.yaml. */
export type ConfigProblem = {
  /** Keys and indexes from the top: `['routes', 'best', 'targets', 0, 'model']`. */
  readonly path: readonly PropertyKey[];
  readonly message: string;
};

export type Source = {
  /** As it was named: shown in sentences. */
  readonly file: string;
  readonly document: Document;
  readonly lines: LineCounter;
};

/** All problems at once, each with file, line and key. */
export function refuse(source: Source, problems: readonly ConfigProblem[]): SettingsError {
  const sentences = problems.map(({ path, message }) => {
    const key = toKey(path);
    return `${source.file}:${lineOf(source, path)}: ${key === '' ? '' : `${key}: `}${message}`;
  });
  return new SettingsError([...new Set(sentences)].join('\n'));
}

/** `routes.best.targets[0].model` */
function toKey(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
}

/** Of the key itself where it is there, else of the nearest thing around it. */
function lineOf({ document, lines }: Source, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const offset = offsetOf(document, path.slice(0, length));
    if (offset !== null) return lines.linePos(offset).line;
  }
  return 1;
}

/** Where the pair of a key, or the item of a list, begins. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number | null {
  const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const last = path.at(-1);
  if (typeof parent !== 'object' || parent === null || !('items' in parent)) return null;
  if (!Array.isArray(parent.items)) return null;
  const items: readonly unknown[] = parent.items;
  const item =
    typeof last === 'number'
      ? items[last]
      : items.flatMap((pair) => (hasKey(pair, last) ? [pair.key] : [])).at(0);
  return rangeOf(item);
}

function hasKey(pair: unknown, name: unknown): pair is { readonly key: unknown } {
  if (typeof pair !== 'object' || pair === null || !('key' in pair)) return false;
  const { key } = pair;
  const value = typeof key === 'object' && key !== null && 'value' in key ? key.value : key;
  return String(value) === String(name);
}

function rangeOf(node: unknown): number | null {
  if (typeof node !== 'object' || node === null || !('range' in node)) return null;
  const { range } = node;
  return Array.isArray(range) && typeof range[0] === 'number' ? range[0] : null;
}
