const step = '    ';

/** A JSON value as a Python literal, indented from `depth` steps on. */
export function toPython(value: unknown, depth = 0): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  // JSON's escapes are Python's.
  if (typeof value === 'string' || typeof value === 'number') return JSON.stringify(value);
  const inner = step.repeat(depth + 1);
  const outer = step.repeat(depth);
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map((each) => `${inner}${toPython(each, depth + 1)},\n`).join('')}${outer}]`;
  }
  const entries = Object.entries(Object(value));
  if (entries.length === 0) return '{}';
  const lines = entries.map(
    ([name, each]) => `${inner}${JSON.stringify(name)}: ${toPython(each, depth + 1)},\n`,
  );
  return `{\n${lines.join('')}${outer}}`;
}
