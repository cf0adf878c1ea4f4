import { type Model, type Pictor, PictorApiError, type RunOptions } from '@pictor/sdk';
import { changeCell, newRunId, readRun, writeRun } from './kept-runs.ts';
import { bodyOf, type Place, placeName, placesOf, type Setup } from './setup.ts';

/** Words that spending on comparisons is found under. */
const tags = ['compare'] as const;

/** Keys of the cells that this page is sending: nothing needs to be found out about them. */
const sending = new Set<string>();

/** Runs every cell at once. Gives the id of the run. */
export function startRun(pictor: Pictor, setup: Setup, models: readonly Model[]): string {
  const id = newRunId();
  writeRun(id, { setup, cells: {} });
  for (const place of placesOf(setup)) void startCell(pictor, id, place, models);
  return id;
}

/** Runs a cell: for the first time, or again with whatever the server makes of it now. */
export async function startCell(
  pictor: Pictor,
  id: string,
  place: Place,
  models: readonly Model[],
): Promise<void> {
  const run = readRun(id);
  const body = run === null ? null : bodyOf(run.setup, place, models);
  if (run === null || body === null) return;
  const before = run.cells[placeName(place)];
  const attempt = before === undefined ? 0 : before.attempt + 1;
  const key = keyOf(id, place, attempt);
  sending.add(key);
  changeCell(id, place, () => ({ attempt, requestId: null, failure: null }));
  try {
    const events = pictor.images.stream(body, {
      idempotencyKey: key,
      tags,
      ...laxIf(!streams(body.model, models)),
    });
    for await (const event of events) {
      if (event.type !== 'started') continue;
      changeCell(id, place, () => ({ attempt, requestId: event.requestId, failure: null }));
      // The server goes on by itself, and a browser has few connections: cells are asked after from here on.
      break;
    }
  } catch (error) {
    changeCell(id, place, () => ({ attempt, requestId: null, failure: toFailure(error) }));
  } finally {
    sending.delete(key);
  }
}

/** Finds out what became of a cell whose page was closed before the server had answered. */
export async function findCell(pictor: Pictor, id: string, place: Place): Promise<void> {
  const attempt = readRun(id)?.cells[placeName(place)]?.attempt ?? 0;
  const key = keyOf(id, place, attempt);
  if (sending.has(key)) return;
  const found = await pictor.requests.findByKey(key);
  changeCell(id, place, () => ({
    attempt,
    requestId: found?.id ?? null,
    failure: found === null ? neverSent : null,
  }));
}

function streams(id: string | undefined, models: readonly Model[]): boolean {
  return models.find((model) => model.id === id)?.pictor.parameters.stream !== undefined;
}

/** That a model cannot stream is this page's business: it is asked all the same, and answers in one piece. */
function laxIf(isNeeded: boolean): RunOptions {
  return isNeeded ? { parameters: 'lenient' } : {};
}

const neverSent = {
  message: 'The page was closed before this cell was sent. Nothing was made and nothing was paid.',
  code: null,
  param: null,
  requestId: null,
};

function keyOf(id: string, { column, row }: Place, attempt: number): string {
  return `compare-${id}-${column}-${row}-${attempt}`;
}

function toFailure(error: unknown) {
  if (error instanceof PictorApiError) {
    const { message, code, param, requestId } = error;
    return { message, code, param, requestId };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { message, code: null, param: null, requestId: null };
}
