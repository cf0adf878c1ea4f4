import { type ErrorCode, errorCatalogue, PictorError } from '../../foundation/index.ts';
import type { Item } from '../items/item.ts';
import type { ResponseRecord } from '../state/response-record.ts';
import type { TurnRun } from './run-turn.ts';
import { toEvents } from './to-events.ts';
import type { TurnEvent } from './turn-event.ts';

/** A response that has ended as the run that it was, from its rows. */
export function savedTurn(
  record: ResponseRecord,
  output: readonly Item[],
  events: readonly TurnEvent[] | null,
): TurnRun {
  const snapshot = { record, output };
  return {
    id: record.id,
    projectId: record.projectId,
    snapshot: () => snapshot,
    done: Promise.resolve({ ...snapshot, failure: failureOf(record) }),
    cancel: () => undefined,
    events: async function* () {
      yield* events ?? toEvents(record, output);
    },
  };
}

/** The error as it was answered the first time. */
function failureOf({ status, error, report }: ResponseRecord): PictorError | null {
  if (status !== 'failed' || error === null) return null;
  const code = report?.error_code;
  return new PictorError({
    code: isErrorCode(code) ? code : 'interrupted',
    message: typeof error.message === 'string' ? error.message : 'This response failed.',
    retrySafe: false,
    ...(typeof error.param === 'string' ? { param: error.param } : {}),
  });
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorCatalogue, code);
}
