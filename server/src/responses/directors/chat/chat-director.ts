import { newId, PictorError } from '../../../foundation/index.ts';
import { type PlacedMainline, ProviderError } from '../../../models/index.ts';
import { isWire, partsOf, textOf, type Wire } from '../../items/item.ts';
import type { Director, MainlineUsage, PaintCall, Stage, Turn, TurnEnd } from '../director.ts';
import { reportDropped } from '../report-dropped.ts';
import { type Album, imageFunction, imageFunctionName, openAlbum } from './image-function.ts';
import { type ChatCall, type Round, readRound } from './read-round.ts';
import { addCall, type Message, showPicture, type Telling, tellMade, toMessages } from './to-messages.ts';

/** A model that never stops calling the tool is stopped. */
const maxRounds = 8;

const knownSettings: readonly string[] = [
  'temperature',
  'top_p',
  'max_output_tokens',
  'reasoning',
  'text',
  'stream_options',
];

/** A chat model leads: it is offered the tool as a function, the tool is run for it, and it is told what was made. */
export function openChatDirector(placed: PlacedMainline, painters: Director['painters']): Director {
  return {
    name: placed.engine,
    placed,
    painters,
    check: (turn) => {
      refuseFiles(turn, placed.row.id);
      return reportDropped(turn, placed.row.id, knownSettings);
    },
    direct: (turn, stage) => lead(turn, stage, placed),
  };
}

function refuseFiles(turn: Turn, model: string): void {
  const hasFile = turn.context.some((item) =>
    partsOf(item).some(
      (part, index) => part.type === 'input_file' && !item.pictures.some((p) => p.at.endsWith(`.${index}`)),
    ),
  );
  if (!hasFile) return;
  throw new PictorError({
    code: 'invalid_value',
    message: `${model} reads no documents. Send their text, or name another model.`,
    param: 'input',
  });
}

async function lead(turn: Turn, stage: Stage, placed: PlacedMainline): Promise<TurnEnd> {
  const album = openAlbum();
  const telling = { stage, album, seesPictures: placed.model.seesPictures ?? false };
  const messages = await toMessages(turn, stage, album, telling.seesPictures);
  let usage: MainlineUsage | null = null;
  for (let number = 0; number < maxRounds; number += 1) {
    const request = { body: toBody(turn, messages, number) };
    const context = { requestId: turn.responseId, signal: stage.signal };
    let round: Round;
    try {
      round = await readRound(placed.model.run(request, context), stage);
    } catch (error) {
      // The rounds before are paid whatever becomes of this one.
      if (number === 0 || !(error instanceof ProviderError)) throw error;
      return { usage: error.facts.charged === 'no' ? usage : null, failure: error };
    }
    usage = number === 0 ? round.usage : addUsage(usage, round.usage);
    if (number === 0 && mustPaint(turn) && round.calls.length === 0) {
      // Many local servers do not know that a call can be required.
      await stage.paint(toPaintCall(turn, album, { prompt: wishOf(turn) }));
      return { usage };
    }
    if (round.calls.length === 0) return toEnd(round, usage, placed);
    if (!(await answerCalls(turn, messages, round, telling))) return { usage };
  }
  return { usage };
}

function mustPaint({ tools }: Turn): boolean {
  return (
    tools.image !== null &&
    tools.choice.mode === 'required' &&
    tools.choice.image &&
    tools.choice.clientTools.length === 0
  );
}

function toEnd(round: Round, usage: MainlineUsage | null, placed: PlacedMainline): TurnEnd {
  if (round.text === '' && round.finishReason === null) {
    throw new ProviderError({
      kind: 'unreadable',
      charged: 'maybe',
      provider: placed.engine,
      message: 'The chat model answered with neither words nor calls.',
    });
  }
  if (round.finishReason === 'length') return { usage, incompleteReason: 'max_output_tokens' };
  if (round.finishReason === 'content_filter') return { usage, incompleteReason: 'content_filter' };
  return { usage };
}

/** Runs the image tool, and hands other calls to the caller. False: the caller must answer before this goes on. */
async function answerCalls(
  turn: Turn,
  messages: Message[],
  round: Round,
  telling: Telling,
): Promise<boolean> {
  const { stage, album } = telling;
  messages.push({ role: 'assistant', content: round.text });
  const shown: Message[] = [];
  const answers: Message[] = [];
  let mayGoOn = true;
  for (const call of round.calls) {
    const id = call.id === '' ? newId('fc').replace(/^fc_/, 'call_') : call.id;
    addCall(messages, id, call.name, call.text);
    const own = turn.tools.clientTools.find((tool) => tool.name === call.name);
    if (own !== undefined) {
      mayGoOn = false;
      const input = own.type === 'custom' ? String(parse(call.text).input ?? call.text) : call.text || '{}';
      await stage.callTool({ type: own.type, callId: id, name: call.name, input });
      if (!turn.parallelToolCalls) break;
    } else if (call.name === imageFunctionName && mayPaint(turn)) {
      const painted = await stage.paint(toPaintCall(turn, album, readCall(turn, call)));
      if (painted.status === 'failed') {
        answers.push({
          role: 'tool',
          tool_call_id: id,
          content: `The picture was not made: ${painted.error.message}`,
        });
        continue;
      }
      const number = album.add(painted.picture);
      album.newest = [painted.picture];
      answers.push({ role: 'tool', tool_call_id: id, content: tellMade(number, painted.item) });
      if (telling.seesPictures) shown.push(await showPicture(number, painted.item, telling));
    } else {
      answers.push({ role: 'tool', tool_call_id: id, content: `There is no tool '${call.name}' here.` });
    }
  }
  messages.push(...answers, ...shown);
  return mayGoOn;
}

function mayPaint({ tools }: Turn): boolean {
  return tools.image !== null && tools.choice.image && tools.choice.mode !== 'none';
}

type Wanted = { readonly prompt: string; readonly action?: unknown; readonly pictures?: unknown };

/** What the model wrote; where that cannot be read, the caller's own words. */
function readCall(turn: Turn, call: ChatCall): Wanted {
  const { prompt, action, pictures } = parse(call.text);
  const isSaid = typeof prompt === 'string' && prompt.trim() !== '';
  return { prompt: isSaid ? prompt : wishOf(turn), action, pictures };
}

function toPaintCall(turn: Turn, album: Album, wanted: Wanted): PaintCall {
  const numbers: readonly unknown[] = Array.isArray(wanted.pictures) ? wanted.pictures : [];
  const named = numbers.map((number) => album.find(Number(number))).filter((each) => each !== undefined);
  const pictures = named.length > 0 ? named : album.newest;
  const forced = turn.tools.image?.action ?? 'auto';
  const said = forced === 'auto' ? wanted.action : forced;
  const edits =
    pictures.length > 0 &&
    (said === 'edit' || (said !== 'generate' && (named.length > 0 || turn.mask !== undefined)));
  return { prompt: wanted.prompt, action: edits ? 'edit' : 'generate', pictures: edits ? pictures : [] };
}

function wishOf(turn: Turn): string {
  const last = turn.context.findLast((item) => item.type === 'message' && item.wire.role === 'user');
  return (last === undefined ? '' : textOf(last)).trim() || 'a picture';
}

function parse(text: string): Wire {
  try {
    const value: unknown = JSON.parse(text);
    return isWire(value) ? value : {};
  } catch {
    return {};
  }
}

function toBody(turn: Turn, messages: readonly Message[], round: number): Wire {
  const { settings } = turn;
  const tools = toTools(turn);
  const effort = isWire(settings.reasoning) ? settings.reasoning.effort : undefined;
  const format = isWire(settings.text) ? toFormat(settings.text.format) : undefined;
  return {
    messages: messages.map((message) => ({ ...message })),
    ...(tools.length === 0 ? {} : { tools, tool_choice: toChoice(turn, round) }),
    ...(settings.temperature === undefined ? {} : { temperature: settings.temperature }),
    ...(settings.top_p === undefined ? {} : { top_p: settings.top_p }),
    ...(settings.max_output_tokens === undefined ? {} : { max_tokens: settings.max_output_tokens }),
    ...(effort == null ? {} : { reasoning_effort: effort }),
    ...(format === undefined ? {} : { response_format: format }),
    ...(turn.endUser === undefined ? {} : { user: turn.endUser }),
  };
}

/** Structured outputs have one object more on this wire. */
function toFormat(format: unknown): Wire | undefined {
  if (!isWire(format) || format.type === 'text') return undefined;
  if (format.type !== 'json_schema') return { type: format.type };
  const { type, ...schema } = format;
  return { type, json_schema: schema };
}

function toTools({ tools }: Turn): readonly Wire[] {
  if (tools.choice.mode === 'none') return [];
  const own = tools.clientTools
    .filter((tool) => tools.choice.clientTools.includes(tool.name))
    .map(({ type, name, description, parameters }) => ({
      type: 'function',
      function: {
        name,
        ...(description === undefined ? {} : { description }),
        parameters:
          type === 'custom'
            ? { type: 'object', properties: { input: { type: 'string' } }, required: ['input'] }
            : (parameters ?? { type: 'object', properties: {} }),
      },
    }));
  return tools.image !== null && tools.choice.image ? [imageFunction, ...own] : own;
}

/** Required once: a model that had to call again and again would never tell what it made. */
function toChoice({ tools }: Turn, round: number): unknown {
  const { mode, image, clientTools } = tools.choice;
  if (mode !== 'required' || round > 0) return 'auto';
  const [only] = clientTools;
  if (image && clientTools.length === 0) return { type: 'function', function: { name: imageFunctionName } };
  if (!image && clientTools.length === 1) return { type: 'function', function: { name: only } };
  return 'required';
}

/** Null as soon as one round did not tell. */
function addUsage(sum: MainlineUsage | null, more: MainlineUsage | null): MainlineUsage | null {
  if (sum === null || more === null) return null;
  return {
    inputTokens: sum.inputTokens + more.inputTokens,
    cachedTokens: sum.cachedTokens + more.cachedTokens,
    outputTokens: sum.outputTokens + more.outputTokens,
    reasoningTokens: sum.reasoningTokens + more.reasoningTokens,
  };
}
