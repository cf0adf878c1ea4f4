import type { Pictor } from '../start-pictor.ts';
import type { Answered } from './fault-plan.ts';

export type Row = {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly prompt: string;
};

type Page = { readonly data: readonly Row[]; readonly has_more: boolean; readonly last_id: string | null };

/** Every row of the project. */
export async function readRows(pictor: Pictor): Promise<Row[]> {
  const rows: Row[] = [];
  for (let after = ''; ; ) {
    const page = (await (
      await pictor.call(`/api/requests?limit=200${after === '' ? '' : `&after=${after}`}`)
    ).json()) as Page;
    rows.push(...page.data);
    if (!page.has_more || page.last_id === null) return rows;
    after = page.last_id;
  }
}

/** The pictures of a request that succeeded, as its id gives them again. */
export async function readPictures(pictor: Pictor, row: Row): Promise<string[]> {
  const noun = row.kind === 'edit' ? 'edits' : 'generations';
  const answer = await pictor.call(`/v1/images/${noun}/${row.id}`);
  if (answer.status !== 200) return [];
  const { data } = (await answer.json()) as { data: { b64_json: string }[] };
  return data.map((image) => image.b64_json);
}

/** Answers that clients have and the server does not give again. */
export function findLost(
  answers: readonly Answered[],
  rows: readonly Row[],
  pictures: ReadonlyMap<string, readonly string[]>,
): string[] {
  const statuses = new Map(rows.map((row) => [row.id, row.status]));
  return answers
    .filter(
      ({ requestId, base64 }) =>
        statuses.get(requestId) !== 'succeeded' || pictures.get(requestId)?.[0] !== base64,
    )
    .map(({ intent, requestId }) => `${intent.prompt} (${requestId})`);
}

/** How many rows there are of each status. */
export function countStatuses(rows: readonly Row[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status } of rows) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
