import type { Pictor, RequestSummary } from '@pictor/sdk';

/** A winner is a request with this score; who did not win has none. */
const scoreName = 'winner';
const winning = 100;

export function isWinner(request: RequestSummary): boolean {
  return request.scores[scoreName] === winning;
}

/** Makes one request the winner among others of its row, or takes that back. */
export async function setWinner(
  pictor: Pictor,
  request: RequestSummary,
  others: readonly RequestSummary[],
  wins: boolean,
): Promise<void> {
  const before = wins ? others.filter(isWinner) : [];
  await Promise.all([
    pictor.requests.update(request.id, { scores: { [scoreName]: wins ? winning : null } }),
    ...before.map(({ id }) => pictor.requests.update(id, { scores: { [scoreName]: null } })),
  ]);
}
