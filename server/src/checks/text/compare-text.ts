/** Letters and figures whose shapes lettering and readers mix up; the dot tells an i from an l. */
const lookAlikes: readonly string[] = ['Il1', 'Oo0', 'Ss5', 'B8'];

/** Text as it is compared: without accents, and without spaces and marks, which readers misplace. */
export function normaliseText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/&/g, 'and')
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** Capitals and small letters are the same, and so are look-alikes. */
function isSameLetter(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  if (one === other || one.toLowerCase() === other.toLowerCase()) return true;
  return lookAlikes.some((shapes) => shapes.includes(one) && shapes.includes(other));
}

/** The reading in which each line is taken as it comes closest to `wanted`, and its error rate. */
export function closestText(
  reading: readonly (readonly string[])[],
  wanted: string,
): { readonly rate: number; readonly text: string } {
  let lines = reading.map(([first = '']) => first);
  let rate = errorRate(lines.join('\n'), wanted);
  for (const [at, texts] of reading.entries()) {
    for (const text of mayBeSpeck(texts) ? ['', ...texts.slice(1)] : texts.slice(1)) {
      const changed = lines.with(at, text);
      const changedRate = errorRate(changed.join('\n'), wanted);
      if (changedRate < rate) [lines, rate] = [changed, changedRate];
    }
  }
  return { rate, text: lines.join('\n') };
}

/** One or two letters on a line of their own are mostly none. */
function mayBeSpeck(texts: readonly string[]): boolean {
  return texts.every((text) => normaliseText(text).length <= 2);
}

/** Longer readings are noise: a wall of bricks gives thousands of letters. */
const maxWords = 300;

/**
 * The character error rate: how many letters must be changed, added or left out to make `wanted` of those words of
 * `read` in a row that are closest to it, divided by the letters of `wanted`. 0: it is there as wanted. At most 1: nothing of it is
 * there. What stands before and behind those words does not count.
 */
function errorRate(read: string, wanted: string): number {
  const target = normaliseText(wanted);
  if (target === '') return 0;
  const words = read
    .split(/\s+/)
    .map(normaliseText)
    .filter((word) => word !== '')
    .slice(0, maxWords);
  let best = target.length;
  for (const from of words.keys()) {
    let part = '';
    for (const word of words.slice(from)) {
      part += word;
      // Every further letter would have to be left out again.
      if (part.length - target.length >= best) break;
      best = Math.min(best, countEdits(part, target));
    }
  }
  return best / target.length;
}

/** Levenshtein's distance. */
function countEdits(one: string, other: string): number {
  let row = Array.from({ length: one.length + 1 }, (_, at) => at);
  for (let at = 0; at < other.length; at += 1) {
    const next = [at + 1];
    for (let column = 1; column <= one.length; column += 1) {
      const replaced = (row[column - 1] ?? 0) + (isSameLetter(other[at], one[column - 1]) ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
