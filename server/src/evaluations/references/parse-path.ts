/** A step into a value: a member, an item (from the end where negative), or all of them. */
export type Step = string | number | typeof every;

export const every: unique symbol = Symbol('every');

/** `.name`, `[0]`, `['any name']`, `[*]`, `.*`, one behind the other. Null: it is none of that. */
export function parseSteps(text: string): readonly Step[] | null {
  const steps: Step[] = [];
  let rest = text;
  while (rest !== '') {
    const match =
      /^\.(\*|[^.[\]\s'"*]+)/.exec(rest) ??
      /^\[(\*|-?\d{1,9})\]/.exec(rest) ??
      /^\['([^']*)'\]/.exec(rest) ??
      /^\["([^"]*)"\]/.exec(rest);
    if (match === null) return null;
    const [whole, step = ''] = match;
    const isQuoted = /^\[['"]/.test(whole);
    if (!isQuoted && step === '*') steps.push(every);
    else steps.push(!isQuoted && whole.startsWith('[') ? Number(step) : step);
    rest = rest.slice(whole.length);
  }
  return steps;
}

/** A JSON path, with `$` in front or without. Null: it cannot be read. */
export function parseJsonPath(path: string): readonly Step[] | null {
  const text = path.trim().replace(/^\$/, '');
  return parseSteps(text === '' || /^[.[]/.test(text) ? text : `.${text}`);
}

/** What stands there; undefined: nothing. `every` gives a list. */
export function readSteps(value: unknown, steps: readonly Step[]): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (step === every) {
    return membersOf(value)
      .map((member) => readSteps(member, rest))
      .filter((found) => found !== undefined);
  }
  return readSteps(memberOf(value, step), rest);
}

function membersOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return typeof value === 'object' && value !== null ? Object.values(value) : [];
}

function memberOf(value: unknown, step: string | number): unknown {
  if (Array.isArray(value)) return typeof step === 'number' ? value.at(step) : undefined;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, String(step))) return undefined;
  return new Map(Object.entries(value)).get(String(step));
}
