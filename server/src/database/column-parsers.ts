/**
 * How values come back where the two engines would differ, by PostgreSQL's type number. Everything that
 * Pictor counts (bytes, nano-USD, rows) is far below 2^53, so 64-bit integers and their sums are numbers.
 */
export const columnParsers: Readonly<Record<number, (text: string) => unknown>> = {
  20: Number, // int8
  1700: Number, // numeric: what sum() of an int8 gives
};
