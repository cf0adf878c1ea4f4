import { createHash } from 'node:crypto';
import type { Files } from '../../files/index.ts';
import { PictorError } from '../../foundation/index.ts';
import type { AskedResponse } from '../wire/asked-response.ts';
import { findTurn } from './find-turn.ts';
import type { Turns } from './open-turns.ts';
import { type PrepareParts, prepareTurn, type Request } from './prepare-turn.ts';
import { startTurn, type TurnParts, type TurnRun } from './run-turn.ts';

export type BeginParts = TurnParts &
  PrepareParts & { readonly turns: Turns; readonly files: Pick<Files, 'holdBytes'> };

export type Begun = {
  readonly run: TurnRun;
  /** True: an earlier request with the same idempotency key is answered again. */
  readonly isRepeated: boolean;
  /** To be called when the caller goes away without its answer: its retry takes the turn up. */
  readonly leave: () => void;
};

/** From a request to a running turn, or to the one that its idempotency key began before. */
export async function beginTurn(
  parts: BeginParts,
  asked: AskedResponse,
  request: Omit<Request, 'fingerprint'> & { readonly body: unknown; readonly takesTwins: boolean },
): Promise<Begun> {
  const fingerprint = createHash('sha256').update(JSON.stringify(request.body)).digest('hex');
  const known = { ...request, fingerprint };
  const name = `${request.caller.projectId} ${request.caller.keyId} ${fingerprint}`;
  const leave = (run: TurnRun) => (): void => parts.turns.leave(name, run);
  const left = request.takesTwins && request.idempotencyKey === null ? parts.turns.takeLeft(name) : null;
  if (left !== null) return { run: left, isRepeated: false, leave: leave(left) };
  const repeated = await findFirst(parts, known);
  if (repeated !== null) return { run: repeated, isRepeated: true, leave: leave(repeated) };
  // From the storing of pictures to the rows that refer to them nothing may remove their bytes.
  const opened = await parts.files.holdBytes(() => prepareTurn(parts, asked, known));
  if (opened === null) {
    const first = await findFirst(parts, known);
    if (first !== null) return { run: first, isRepeated: true, leave: leave(first) };
    throw inFlight();
  }
  const run = startTurn(parts, opened);
  parts.turns.add(run);
  return { run, isRepeated: false, leave: leave(run) };
}

async function findFirst(parts: BeginParts, request: Request): Promise<TurnRun | null> {
  const { idempotencyKey, caller } = request;
  if (idempotencyKey === null) return null;
  const first = await parts.state.findByKey(caller.projectId, idempotencyKey);
  if (first === null) return null;
  if (first.fingerprint !== request.fingerprint) {
    throw new PictorError({
      code: 'idempotency_key_reused',
      retrySafe: false,
      message:
        'This Idempotency-Key was used for a request with another body. Use a new key for a new request.',
    });
  }
  return await findTurn(parts, caller.projectId, first.id);
}

function inFlight(): PictorError {
  return new PictorError({
    code: 'idempotency_key_in_flight',
    message: 'A request with this Idempotency-Key is still running. Ask again later.',
    retryAfterSeconds: 2,
  });
}
