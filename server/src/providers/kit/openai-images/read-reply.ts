import type { ImageEvent, LateFacts, ProviderError } from '../../../models/index.ts';
import { isRecord, readErrorBody } from '../read-error-body.ts';
import { openPieces } from '../read-pieces.ts';
import { scanJsonReply } from '../scan-reply.ts';
import { asFailure, finishRun } from './finish-run.ts';
import { readApplied } from './read-applied.ts';
import { readFailure } from './read-failure.ts';
import { readUsage } from './read-usage.ts';
import type { ReplyFacts } from './reply-facts.ts';

type Members = Readonly<Record<string, unknown>>;

/**
 * The events of a JSON reply. Each image is handed on while it arrives; what the reply says of it usually stands
 * behind it and is told at the end.
 */
export async function* readReply(facts: ReplyFacts): AsyncGenerator<ImageEvent> {
  const { job, reply, signal, source } = facts;
  const delivered: number[] = [];
  let value: unknown;
  let failure: ProviderError | null = null;
  const pieces = openPieces(
    source.upstream.provider,
    scanJsonReply(source.upstream.provider, reply.body, { isBase64: isPicture }),
  );
  try {
    for (let imageIndex = 0; ; imageIndex += 1) {
      const piece = await pieces.next();
      if (piece === null || piece.type === 'value') {
        value = piece?.value;
        break;
      }
      const chunks = await pieces.openBytes();
      if (chunks === null || imageIndex >= job.n) continue;
      yield { type: 'image', imageIndex, bytes: { chunks }, applied: {} };
      delivered.push(imageIndex);
    }
  } catch (error) {
    failure = asFailure(error);
  }
  const members = isRecord(value) ? value : {};
  const entries = Array.isArray(members.data) ? members.data.filter(isRecord) : [];
  failure ??= findFailure(facts, members, entries, delivered.length > 0);
  if (delivered.length === 0 && failure === null && !signal.aborted) {
    failure = yield* fetchPictures(facts, entries, delivered);
  }
  const usage = readUsage(members.usage, job.kind);
  yield* finishRun(facts, { delivered, failure, usage, late: readLate(members, entries, delivered) });
}

function isPicture(path: readonly string[]): boolean {
  return path.length === 3 && path[0] === 'data' && path[1] === '*' && path[2] === 'b64_json';
}

/** An error inside an answer whose status says that all is well: of all of it, or of a picture that was filtered. */
function findFailure(
  facts: ReplyFacts,
  members: Members,
  entries: readonly Members[],
  picturesCame: boolean,
): ProviderError | null {
  const { reply, source } = facts;
  const { status, headers } = reply;
  const filtered = entries.find((entry) => readErrorBody({ error: entry })?.moderation !== undefined);
  const isTold = members.error !== undefined && members.error !== null;
  const body = isTold ? members : filtered === undefined ? null : { error: filtered };
  return body === null ? null : readFailure({ status, headers, body, picturesCame, source });
}

/** Pictures that are only named by address although their bytes were asked for. */
async function* fetchPictures(
  facts: ReplyFacts,
  entries: readonly Members[],
  delivered: number[],
): AsyncGenerator<ImageEvent, ProviderError | null> {
  let failure: ProviderError | null = null;
  for (const [imageIndex, { url }] of entries.slice(0, facts.job.n).entries()) {
    if (typeof url !== 'string' || url === '') continue;
    try {
      const chunks = await facts.fetchPicture(url);
      yield { type: 'image', imageIndex, bytes: { chunks }, applied: {} };
      delivered.push(imageIndex);
    } catch (error) {
      failure = asFailure(error);
    }
  }
  return failure;
}

function readLate(members: Members, entries: readonly Members[], delivered: readonly number[]): LateFacts[] {
  const applied = readApplied(members);
  return delivered.map((imageIndex) => {
    const revisedPrompt = entries[imageIndex]?.revised_prompt;
    const revised = typeof revisedPrompt === 'string' && revisedPrompt !== '' ? { revisedPrompt } : {};
    return { imageIndex, applied, ...revised };
  });
}
