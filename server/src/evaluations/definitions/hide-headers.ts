import type { EvaluationColumn } from '@pictor/api';

/** Stands for what a header holds, which may be a secret. */
const hidden = '(hidden)';

/** Columns as they are shown. */
export function hideHeaders<Column extends EvaluationColumn>(columns: readonly Column[]): readonly Column[] {
  return columns.map((column) => withHeaders(column, () => hidden));
}

/** What was shown and comes back as it was shown stays what it is. */
export function keepHeaders(
  columns: readonly EvaluationColumn[],
  before: readonly EvaluationColumn[],
): readonly EvaluationColumn[] {
  return columns.map((column) => {
    const known = before.find(({ id, type }) => id === column.id && type === 'endpoint');
    const headers = known?.type === 'endpoint' ? (known.config.headers ?? {}) : {};
    return withHeaders(column, (name, value) => (value === hidden ? (headers[name] ?? value) : value));
  });
}

function withHeaders<Column extends EvaluationColumn>(
  column: Column,
  change: (name: string, value: string) => string,
): Column {
  if (column.type !== 'endpoint' || column.config.headers === undefined) return column;
  const entries = Object.entries(column.config.headers).map(([name, value]) => [name, change(name, value)]);
  return { ...column, config: { ...column.config, headers: Object.fromEntries(entries) } };
}
