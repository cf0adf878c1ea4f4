import type { Catalogue } from '../../catalogue/index.ts';
import { type Log, newId, PictorError } from '../../foundation/index.ts';
import type { ImageCalls, StoredInput } from '../../images/index.ts';
import type { BookedAttempt } from '../../ledger/index.ts';
import type { LoadedFile, Stage, TurnEnd } from '../directors/director.ts';
import type { Item, PictureFacts } from '../items/item.ts';
import type { State } from '../state/open-state.ts';
import type { ResponseEnding, ResponseRecord, ResponseStatus } from '../state/response-record.ts';
import { toMainlineAttempt } from './book-turn.ts';
import { type Events, openEvents } from './open-events.ts';
import { openStage, type Yield } from './open-stage.ts';
import type { OpenedTurn } from './opened-turn.ts';
import { toReport, toToolUsage, toUsage } from './reckon-turn.ts';
import { toError } from './to-error.ts';
import { toResponseError } from './to-response-error.ts';
import type { TurnEvent } from './turn-event.ts';

export type TurnParts = {
  readonly state: State;
  readonly images: ImageCalls;
  readonly catalogue: Catalogue;
  readonly load: (picture: PictureFacts, projectId: string) => Promise<StoredInput>;
  readonly park: Stage['park'];
  readonly loadFile: (fileId: string, projectId: string) => Promise<LoadedFile | null>;
  readonly log: Log;
  /** Aborted when Pictor gives up what runs. */
  readonly signal: AbortSignal;
};

/** A response as it stands. */
export type Snapshot = { readonly record: ResponseRecord; readonly output: readonly Item[] };

export type TurnRun = {
  readonly id: string;
  readonly projectId: string;
  readonly snapshot: () => Snapshot;
  readonly events: () => AsyncIterable<TurnEvent>;
  /** Comes after the ending is committed. `failure` is what a caller who waits is told. */
  readonly done: Promise<Snapshot & { readonly failure: PictorError | null }>;
  readonly cancel: () => void;
};

type Ending = { readonly end: TurnEnd | null; readonly failure: PictorError | null };

/** Lets the director decide the turn. It runs to its end whoever listens; what it costs may be spent already. */
export function startTurn(parts: TurnParts, opened: OpenedTurn): TurnRun {
  const cancelling = new AbortController();
  const events = openEvents();
  const made: Yield = { outputs: [], jobs: [], failures: [] };
  let { record } = opened;
  const snapshot = (): Snapshot => ({ record, output: made.outputs.filter((item) => item !== undefined) });
  const signal = AbortSignal.any([parts.signal, cancelling.signal]);
  const images: ImageCalls = {
    ...parts.images,
    start: (planned, relayed) => {
      opened.hold.letGoOfPicture();
      return parts.images.start(planned, relayed);
    },
  };
  const run = async (): Promise<Snapshot & { readonly failure: PictorError | null }> => {
    begin(events, record.background);
    record = { ...record, status: 'in_progress' };
    const ending = await decide({ ...parts, images }, opened, { events, made, signal });
    const status = statusOf(ending, cancelling.signal.aborted);
    const attempt = toMainlineAttempt(parts.catalogue, opened, ending);
    record = { ...record, ...toEnding(opened, { made, ...ending, attempt }, status) };
    events.tell({ type: lastEvent(status), fields: {}, response: 'final' });
    await keepEnding(parts, opened, { record, events, made, attempt, failure: ending.failure });
    opened.hold.settle(attempt);
    events.end();
    return { ...snapshot(), failure: ending.failure };
  };
  return {
    id: record.id,
    projectId: record.projectId,
    snapshot,
    events: () => held(events),
    done: run(),
    cancel: () => cancelling.abort(),
  };
}

/** The last event leaves only behind the row: who has it can ask for the response at once. */
async function* held(events: Events): AsyncGenerator<TurnEvent> {
  let waiting: TurnEvent | null = null;
  for await (const event of events.listen()) {
    if (waiting !== null) yield waiting;
    waiting = null;
    if (event.response === 'final') waiting = event;
    else yield event;
  }
  if (waiting !== null) yield waiting;
}

function begin(events: Events, isBackground: boolean): void {
  events.tell({
    type: 'response.created',
    fields: {},
    response: isBackground ? 'queued' : 'in_progress',
  });
  if (isBackground) events.tell({ type: 'response.queued', fields: {}, response: 'queued' });
  events.tell({ type: 'response.in_progress', fields: {}, response: 'in_progress' });
}

async function decide(
  parts: TurnParts,
  opened: OpenedTurn,
  running: { readonly events: Events; readonly made: Yield; readonly signal: AbortSignal },
): Promise<Ending> {
  const { turn, director, record } = opened;
  const { events, made, signal } = running;
  const keep = async (item: Item): Promise<void> => {
    if (!opened.isStored) return;
    const position = opened.inputs.length + made.outputs.indexOf(item);
    try {
      await parts.state.addItem(record, { role: 'output', position, item });
    } catch (error) {
      // It is written again with the ending.
      parts.log.warn({ err: error, response: record.id }, 'an item could not be written yet');
    }
  };
  const stage = openStage({ ...parts, events, signal, keep, maker: director.maker }, turn, made);
  try {
    const end = await director.direct(turn, stage);
    signal.throwIfAborted();
    await lastWords(made, stage);
    if (end.failure !== undefined) return { end, failure: tellFailure(parts, record, end.failure) };
    const failure = made.failures.at(-1) ?? null;
    const hasPicture = made.outputs.some(
      (item) => item.type === 'image_generation_call' && item.pictures.length > 0,
    );
    return { end, failure: hasPicture ? null : failure };
  } catch (error) {
    if (signal.aborted) return { end: null, failure: stopped(parts.signal.aborted) };
    return { end: null, failure: tellFailure(parts, record, error) };
  }
}

function tellFailure({ log }: TurnParts, { id }: ResponseRecord, error: unknown): PictorError {
  const failure = toError(error);
  if (failure.status >= 500) log.error({ err: error, response: id }, 'response failed');
  return failure;
}

/** Agent loops wait for a message; a call of a tool of theirs goes on with what they answer. */
async function lastWords(made: Yield, stage: Stage): Promise<void> {
  const last = made.outputs.at(-1);
  if (last?.type === 'message' || last?.type === 'function_call' || last?.type === 'custom_tool_call') return;
  const message = stage.openMessage(newId('msg'));
  message.add(
    last?.type === 'image_generation_call' && last.pictures.length > 0 ? 'Here is the picture.' : '',
  );
  await message.close();
}

function stopped(isShutdown: boolean): PictorError {
  return isShutdown
    ? new PictorError({
        code: 'interrupted',
        retrySafe: false,
        message: 'Pictor was stopped while this response was made. Pictures that were finished are kept.',
      })
    : new PictorError({
        code: 'request_cancelled',
        retrySafe: false,
        message: 'This response was cancelled. What an engine had begun may be charged all the same.',
      });
}

function statusOf({ end, failure }: Ending, isCancelled: boolean): ResponseStatus {
  if (isCancelled) return 'cancelled';
  if (failure !== null) return 'failed';
  return end?.incompleteReason === undefined ? 'completed' : 'incomplete';
}

function lastEvent(status: ResponseStatus): string {
  switch (status) {
    case 'completed':
      return 'response.completed';
    case 'failed':
      return 'response.failed';
    default:
      // There is no event of its own for what was cancelled; the response says that it was.
      return 'response.incomplete';
  }
}

function toEnding(
  opened: OpenedTurn,
  { made, end, failure, attempt }: Ending & { readonly made: Yield; readonly attempt: BookedAttempt | null },
  status: ResponseStatus,
): ResponseEnding {
  return {
    status,
    error: failure === null || status === 'cancelled' ? null : toResponseError(failure),
    incompleteReason: end?.incompleteReason ?? null,
    usage: toUsage(end?.usage ?? null),
    toolUsage: end?.toolUsage ?? toToolUsage(made),
    report: toReport(opened, { made, failure, attempt }),
    completedAt: new Date(),
  };
}

async function keepEnding(
  parts: TurnParts,
  opened: OpenedTurn,
  ended: {
    readonly record: ResponseRecord;
    readonly events: Events;
    readonly made: Yield;
    readonly attempt: BookedAttempt | null;
    readonly failure: PictorError | null;
  },
): Promise<void> {
  const { record, events, made, attempt } = ended;
  const outputs = made.outputs.filter((item) => item !== undefined);
  const grown = [
    ...opened.inputs.map((item) => ({ role: 'input' as const, item })),
    ...outputs.map((item) => ({ role: 'output' as const, item })),
  ];
  try {
    await parts.state.close(record, record, {
      events: events.all(),
      outputs: outputs.map((item, index) => ({
        role: 'output',
        position: opened.inputs.length + index,
        item,
      })),
      grown: record.status === 'failed' || record.status === 'cancelled' ? [] : grown,
      isStored: opened.isStored,
      releasesKey: ended.failure?.facts.retrySafe === true,
      booked: attempt,
      tags: opened.turn.tags,
    });
  } catch (error) {
    // The answer is given all the same. The next start closes the row; the pictures have rows of their own.
    parts.log.error({ err: error, response: record.id }, 'the ending of a response could not be written');
  }
}
