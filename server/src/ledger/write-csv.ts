/** What may stand in a cell. Null: unknown, an empty cell. */
export type Cell = string | number | boolean | null;

/** One line of CSV (RFC 4180), with its line break. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(toCell).join(',')}\r\n`;
}

/**
 * Text that a spreadsheet would run as a formula gets an apostrophe in front: names and tags come from callers, and
 * the file is opened by somebody else. Numbers are ours and stay numbers, also negative ones.
 */
function toCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = /^[\s]*[=+\-@]|^[\t\r\n]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
