// Chat completions with tools as in npm openai 7.55.0 of 2026-11-10, resources/chat/completions. It decides by simple
// words: it calls the image function for a wish, another function that the words name, and talks otherwise.
import type { Refusal } from './openai-rules.ts';
import { listOf, type Wire } from './responses-rules.ts';
import {
  type Answer,
  type Behaviour,
  jsonAnswer,
  type ServedUpstream,
  serveUpstream,
} from './serve-upstream.ts';

export const chatKey = 'chat-key-0123456789abcdef';
export const chatModel = 'qwen3-vl';

const members: readonly string[] = [
  'model',
  'messages',
  'tools',
  'tool_choice',
  'temperature',
  'top_p',
  'max_tokens',
  'reasoning_effort',
  'response_format',
  'user',
  'stream',
  'stream_options',
];

/** Starts the upstream on a free port of this machine; its address ends in /v1. */
export async function openChatUpstream(): Promise<ServedUpstream & { readonly baseUrl: string }> {
  let count = 0;
  const served = await serveUpstream(async (read, _call, behaviour) => {
    if (read.path !== '/v1/chat/completions') return jsonAnswer(404, { error: { message: 'Not Found' } });
    if (read.headers.authorization !== `Bearer ${chatKey}`) {
      return jsonAnswer(401, { error: { message: 'No such key.', type: 'invalid_request_error' } });
    }
    const body: Wire = Object.fromEntries(read.fields);
    const refusal = checkChatRequest(body);
    if (refusal !== null) {
      const { status, message, code, param } = refusal;
      return jsonAnswer(status, {
        error: { message, type: 'invalid_request_error', code, param: param ?? null },
      });
    }
    count += 1;
    return writeAnswer(body, `call_${count}`, behaviour);
  });
  return { ...served, baseUrl: `${served.origin}/v1` };
}

function checkChatRequest(body: Wire): Refusal | null {
  const stranger = Object.keys(body).find((name) => !members.includes(name));
  if (stranger !== undefined) return refuse(`Unrecognized request argument supplied: ${stranger}`, stranger);
  if (body.model !== chatModel) return refuse(`The model '${String(body.model)}' does not exist.`, 'model');
  const messages = listOf(body.messages);
  if (messages.length === 0) return refuse('[] is too short', 'messages');
  const open = new Set<unknown>();
  for (const [index, message] of messages.entries()) {
    const place = `messages[${index}]`;
    if (message.role === 'tool') {
      if (!open.delete(message.tool_call_id)) return refuse(`${place} answers no call`, place);
      if (typeof message.content !== 'string') return refuse(`${place} is no text`, place);
      continue;
    }
    if (open.size > 0) return refuse(`${place} comes before all calls are answered`, place);
    for (const call of listOf(message.tool_calls)) open.add(call.id);
    for (const part of Array.isArray(message.content) ? listOf(message.content) : []) {
      const url =
        part.type === 'image_url' ? String((part.image_url as Wire).url) : 'data:image/png;base64,AAAA';
      if (!/^data:image\/[a-z]+;base64,[A-Za-z0-9+/]+=*$/.test(url))
        return refuse(`${place} has no picture`, place);
    }
  }
  return open.size === 0 ? null : refuse('The last calls have no answers', 'messages');
}

function refuse(message: string, param: string): Refusal {
  return { status: 400, code: 'invalid_value', message, param };
}

function textOf(message: Wire | undefined): string {
  if (typeof message?.content === 'string') return message.content;
  return listOf(message?.content)
    .map((part) => String(part.text ?? ''))
    .join(' ');
}

type Said = { readonly text: string } | { readonly name: string; readonly arguments: string };

function decide(body: Wire): Said {
  const messages = listOf(body.messages);
  const last = messages.at(-1);
  const words = textOf(
    messages.findLast((message) => message.role === 'user' && !/^\(This is/.test(textOf(message))),
  );
  const tools = listOf(body.tools).map((tool) => String((tool.function as Wire).name));
  const named = tools.find((name) => name !== 'image_generation' && words.includes(name));
  const isAnswered = last?.role === 'tool' || /^\(This is/.test(textOf(last));
  if (isAnswered) return { text: 'There it is, as you wished.' };
  if (named !== undefined) return { name: named, arguments: '{"city":"Paris"}' };
  const wants = /draw|make|add|change|night|enlarge|paint|replace/i.test(words);
  if (!tools.includes('image_generation') || !wants) return { text: 'Hello, I only talk now.' };
  const hasPicture = JSON.stringify(messages).includes('icture 1');
  const action = hasPicture && !/^draw/i.test(words) ? 'edit' : 'generate';
  return { name: 'image_generation', arguments: JSON.stringify({ prompt: `Chat: ${words}`, action }) };
}

function writeAnswer(body: Wire, callId: string, behaviour: Behaviour): Answer {
  const said = decide(body);
  const base = {
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1_795_000_000,
    model: chatModel,
  };
  const chunk = (delta: Wire, finish_reason: string | null = null): Wire => ({
    ...base,
    choices: [{ index: 0, delta, finish_reason }],
  });
  const chunks: Wire[] = [chunk({ role: 'assistant', content: '' })];
  if ('text' in said) {
    for (const word of said.text.split(/(?<= )/)) chunks.push(chunk({ content: word }));
    chunks.push(chunk({}, 'stop'));
  } else {
    const call = { index: 0, id: callId, type: 'function' };
    chunks.push(chunk({ tool_calls: [{ ...call, function: { name: said.name, arguments: '' } }] }));
    for (const piece of said.arguments.match(/.{1,12}/g) ?? []) {
      chunks.push(chunk({ tool_calls: [{ index: 0, function: { arguments: piece } }] }));
    }
    chunks.push(chunk({}, 'tool_calls'));
  }
  chunks.push({
    ...base,
    choices: [],
    usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 },
  });
  const lines = chunks.map((each) => `data: ${JSON.stringify(behaviour.change?.({ ...each }) ?? each)}\n\n`);
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream' },
    body: Buffer.from(`${lines.join('')}data: [DONE]\n\n`),
  };
}
