import type { Endpoint, ModelRow } from '../../../models/index.ts';

/** Google's image models on the routes of their rows; `models` narrows them to some. */
export function servesGoogle(
  models: readonly string[] | undefined,
  row: ModelRow,
  endpoint: Endpoint,
): boolean {
  if (models !== undefined && !models.includes(row.id)) return false;
  return row.vendor === 'google' && row.family === 'gemini' && row.endpoints.includes(endpoint);
}
