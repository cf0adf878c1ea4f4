// The Responses wire as in npm openai 7.55.0 (2026-11-10), resources/responses/responses.d.ts, and a recorded stream of
// the tool (vercel/ai, openai-image-generation-tool.1.chunks.txt, 2025-09). It decides by simple words.
import { randomBytes } from 'node:crypto';
import { drawPicture } from './draw-picture.ts';
import type { Refusal } from './openai-rules.ts';
import { checkResponsesRequest, type GivenOut, hashOf, listOf, type Wire } from './responses-rules.ts';
import { type Answer, type Behaviour, jsonAnswer, type UpstreamCall } from './serve-upstream.ts';

type Made = { readonly item: Wire; readonly previews: readonly string[] };

export type ResponsesService = {
  readonly answer: (body: Wire, call: UpstreamCall, behaviour: Behaviour) => Promise<Answer>;
};

/** A service with a memory of what it gave out, so that it can refuse what it did not. */
export function openResponsesService(options: { readonly streams: boolean }): ResponsesService {
  const given: GivenOut = new Map();
  return {
    answer: async (body, call, behaviour) => {
      const refusal = checkResponsesRequest(body, given);
      if (refusal !== null) return jsonAnswer(refusal.status, toEnvelope(refusal));
      const made = await decide(body, call);
      for (const { item } of made) {
        const hash = typeof item.result === 'string' ? hashOf(item.result) : null;
        given.set(String(item.id), { type: String(item.type), hash });
      }
      const response = toResponse(body, made);
      if (body.stream !== true || !options.streams) {
        return jsonAnswer(200, behaviour.change?.({ ...response }) ?? response);
      }
      return writeStream(response, made, behaviour);
    },
  };
}

function toEnvelope({ message, param, code, type }: Refusal): Wire {
  return { error: { message, type: type ?? 'invalid_request_error', param: param ?? null, code } };
}

/** Words of the last user message. */
function wordsOf(body: Wire): string {
  const last = listOf(body.input).findLast((item) => item.role === 'user');
  if (typeof last?.content === 'string') return last.content;
  return listOf(last?.content)
    .map((part) => String(part.text ?? ''))
    .join(' ');
}

async function decide(body: Wire, call: UpstreamCall): Promise<readonly Made[]> {
  const words = wordsOf(body);
  const tools = listOf(body.tools);
  const tool = tools.find((each) => each.type === 'image_generation');
  const choice = body.tool_choice as Wire | string | undefined;
  const isForced = typeof choice === 'object' && choice.type === 'image_generation';
  const reasons = /^(gpt-5|o\d)/.test(String(body.model));
  const made: Made[] = reasons ? [{ item: reasoning(body), previews: [] }] : [];
  const wanted = tools.find((each) => each.type === 'function' && words.includes(String(each.name)));
  const answered = listOf(body.input).at(-1)?.type === 'function_call_output';
  if (wanted !== undefined && !answered) {
    const item = {
      id: newId('fc'),
      type: 'function_call',
      status: 'completed',
      call_id: newId('call'),
      name: wanted.name,
      arguments: '{"city":"Paris"}',
    };
    return [...made, { item, previews: [] }];
  }
  const paints = tool !== undefined && choice !== 'none' && (isForced || !/\?$|hello/i.test(words));
  const count = paints ? (/two/i.test(words) ? 2 : 1) : 0;
  for (let number = 0; number < count; number += 1) made.push(await paint(body, tool ?? {}, words, call));
  return [...made, { item: message(count === 0 ? 'Just words.' : 'There you are.'), previews: [] }];
}

function reasoning(body: Wire): Wire {
  const included = Array.isArray(body.include) && body.include.includes('reasoning.encrypted_content');
  return {
    id: newId('rs'),
    type: 'reasoning',
    summary: [],
    ...(included ? { encrypted_content: 'gAAAA' } : {}),
  };
}

function message(text: string): Wire {
  const content = [{ type: 'output_text', annotations: [], logprobs: [], text }];
  return { id: newId('msg'), type: 'message', status: 'completed', role: 'assistant', content };
}

async function paint(body: Wire, tool: Wire, words: string, call: UpstreamCall): Promise<Made> {
  const hasPicture =
    JSON.stringify(body.input).includes('base64,') ||
    /"image_generation_call"/.test(JSON.stringify(body.input));
  const facts = {
    size: typeof tool.size === 'string' && tool.size !== 'auto' ? tool.size : '1024x1024',
    quality: typeof tool.quality === 'string' && tool.quality !== 'auto' ? tool.quality : 'medium',
    background: 'opaque',
    output_format: typeof tool.output_format === 'string' ? tool.output_format : 'png',
  };
  const id = newId('ig');
  const action = hasPicture && tool.action !== 'generate' ? 'edit' : 'generate';
  if (/forbidden/i.test(words)) {
    const error = {
      code: 'moderation_blocked',
      message: 'Your request was rejected by the safety system. safety_violations=[violence].',
      param: null,
      type: 'image_generation_user_error',
      moderation_details: { moderation_stage: 'input', categories: ['violence'] },
    };
    return {
      item: { id, type: 'image_generation_call', status: 'failed', result: null, error },
      previews: [],
    };
  }
  const draw = async (): Promise<string> => {
    const picture = await drawPicture(facts);
    call.pictures.push(picture);
    return picture.toString('base64');
  };
  const previews: string[] = [];
  for (let index = 0; index < Number(tool.partial_images ?? 0); index += 1) previews.push(await draw());
  const result = await draw();
  const revised_prompt = `Revised: ${words}`;
  return {
    item: {
      id,
      type: 'image_generation_call',
      status: 'completed',
      action,
      ...facts,
      revised_prompt,
      result,
    },
    previews,
  };
}

function toResponse(body: Wire, made: readonly Made[]): Wire {
  const images = made.filter(({ item }) => typeof item.result === 'string').length;
  const failed = made.find(({ item }) => item.status === 'failed')?.item.error as Wire | undefined;
  return {
    id: newId('resp'),
    object: 'response',
    created_at: 1_795_000_000,
    status: failed === undefined ? 'completed' : 'failed',
    error:
      failed === undefined
        ? null
        : { code: 'image_content_policy_violation', message: String(failed.message) },
    incomplete_details: null,
    model: body.model,
    output: made.map(({ item }) => item),
    usage: {
      input_tokens: 2000,
      input_tokens_details: { cached_tokens: 100, cache_write_tokens: 0 },
      output_tokens: 50,
      output_tokens_details: { reasoning_tokens: 20 },
      total_tokens: 2050,
    },
    tool_usage: {
      image_gen: {
        input_tokens: 30,
        input_tokens_details: { image_tokens: 0, text_tokens: 30 },
        output_tokens: 200 * images,
        output_tokens_details: { image_tokens: 200 * images, text_tokens: 0 },
        total_tokens: 30 + 200 * images,
      },
      web_search: { num_requests: 0 },
    },
  };
}

function writeStream(response: Wire, made: readonly Made[], behaviour: Behaviour): Answer {
  const events: string[] = [];
  const tell = (type: string, data: Wire): void => {
    const plain = { type, sequence_number: events.length, ...data };
    const changed = behaviour.change?.(plain) ?? plain;
    const name = behaviour.withoutEventNames === true ? '' : `event: ${type}\n`;
    events.push(`${name}data: ${JSON.stringify(changed)}\n\n`);
  };
  const early = { ...response, status: 'in_progress', output: [], error: null, usage: null };
  tell('response.created', { response: early });
  tell('response.in_progress', { response: early });
  for (const [output_index, each] of made.entries()) tellItem(tell, output_index, each);
  tell(`response.${String(response.status)}`, { response });
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream; charset=utf-8' },
    body: Buffer.from(events.join('') + (behaviour.closing ?? '')),
  };
}

function tellItem(tell: (type: string, data: Wire) => void, output_index: number, made: Made): void {
  const { item, previews } = made;
  const place = { output_index, item_id: item.id };
  switch (item.type) {
    case 'image_generation_call': {
      const call = 'response.image_generation_call';
      const added = { id: item.id, type: item.type, status: 'in_progress' };
      tell('response.output_item.added', { output_index, item: added });
      tell(`${call}.in_progress`, place);
      tell(`${call}.generating`, place);
      for (const [index, partial_image_b64] of previews.entries()) {
        tell(`${call}.partial_image`, { ...place, partial_image_index: index, partial_image_b64 });
      }
      if (item.status === 'completed') tell(`${call}.completed`, place);
      break;
    }
    case 'message': {
      const [part] = listOf(item.content);
      const where = { ...place, content_index: 0 };
      tell('response.output_item.added', {
        output_index,
        item: { ...item, status: 'in_progress', content: [] },
      });
      tell('response.content_part.added', { ...where, part: { ...part, text: '' } });
      tell('response.output_text.delta', { ...where, delta: part?.text, logprobs: [] });
      tell('response.output_text.done', { ...where, text: part?.text, logprobs: [] });
      tell('response.content_part.done', { ...where, part });
      break;
    }
    default:
      tell('response.output_item.added', { output_index, item });
  }
  tell('response.output_item.done', { output_index, item });
}

function newId(prefix: string): string {
  return `${prefix}_${randomBytes(25).toString('hex')}`;
}
