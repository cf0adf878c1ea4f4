import type { PromptDiff } from '@pictor/sdk';

/** A line as it was and as it is; null: it was not, or is no more. */
export type LinePair = { readonly before: string | null; readonly after: string | null };

/** Removed lines beside the added ones that took their place. */
export function pairLines(lines: PromptDiff['text']): readonly LinePair[] {
  const pairs: LinePair[] = [];
  let removed: string[] = [];
  let added: string[] = [];
  const flush = (): void => {
    const count = Math.max(removed.length, added.length);
    for (let index = 0; index < count; index += 1) {
      pairs.push({ before: removed[index] ?? null, after: added[index] ?? null });
    }
    removed = [];
    added = [];
  };
  for (const { kind, text } of lines) {
    if (kind === 'removed') removed.push(text);
    else if (kind === 'added') added.push(text);
    else {
      flush();
      pairs.push({ before: text, after: text });
    }
  }
  flush();
  return pairs;
}
