import { toUsd } from '../../foundation/index.ts';
import { type Cell, csvLine } from '../../ledger/index.ts';
import type { ListedRequest } from '../queries.ts';
import { toSummary } from '../to-summary.ts';

const columns: Readonly<Record<string, (row: ListedRequest) => Cell>> = {
  id: (row) => row.id,
  created_at: (row) => row.created_at.toISOString(),
  finished_at: (row) => row.finished_at?.toISOString() ?? null,
  kind: (row) => row.kind,
  status: (row) => row.status,
  model: (row) => row.model,
  model_id: (row) => row.model_id,
  provider: (row) => row.provider,
  engine: (row) => row.engine,
  prompt: (row) => row.prompt,
  output_text: (row) => row.output_text,
  size: (row) => row.size,
  quality: (row) => row.quality,
  format: (row) => row.format,
  images: (row) => row.image_count,
  has_mask: (row) => row.has_mask,
  cost_usd: (row) => toUsd(row.cost_nano_usd),
  cost_nano_usd: (row) => row.cost_nano_usd,
  input_tokens: (row) => row.input_tokens,
  output_tokens: (row) => row.output_tokens,
  latency_ms: (row) => row.duration_ms,
  prompt_name: (row) => row.prompt_name,
  prompt_version: (row) => row.prompt_version,
  prompt_label: (row) => row.prompt_label,
  tags: (row) => [...new Set([...row.tags, ...(row.note?.tags ?? [])])].join(' '),
  metadata: (row) => (row.note === null ? null : JSON.stringify(row.note.metadata)),
  scores: (row) => (row.note === null ? null : JSON.stringify(row.note.scores)),
  error_code: (row) => textOf(row.error?.code),
  error_message: (row) => textOf(row.error?.message),
  replay_of: (row) => row.replay_of,
  image_ids: (row) =>
    row.images
      .filter((image) => image.role === 'output')
      .map((image) => image.id)
      .join(' '),
};

/** A line of names, and one for each request. */
export async function* requestsCsv(rows: AsyncIterable<ListedRequest>): AsyncGenerator<string> {
  yield csvLine(Object.keys(columns));
  for await (const row of rows) yield csvLine(Object.values(columns).map((read) => read(row)));
}

/** Each request as lists show it, one JSON object a line. */
export async function* requestsJsonl(rows: AsyncIterable<ListedRequest>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(toSummary(row))}\n`;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
