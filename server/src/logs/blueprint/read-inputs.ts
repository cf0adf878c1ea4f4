import type { ContentBlock, PromptMessage } from '@pictor/api';
import { isWire, type Wire } from '../wire.ts';

/** Members of a call that are its words, not its settings. */
const words: readonly string[] = ['model', 'prompt', 'input', 'messages', 'history', 'contents', 'stream'];

const roles: Readonly<Record<string, PromptMessage['role']>> = {
  system: 'system',
  developer: 'developer',
  user: 'user',
  assistant: 'assistant',
  model: 'assistant',
  tool: 'tool',
};

/** The messages that a call sent, as blocks. */
export function readMessages(request: Wire): PromptMessage[] {
  const { prompt, input, messages, history, contents } = request;
  if (typeof prompt === 'string') return [toMessage('user', prompt)];
  if (typeof input === 'string') return [toMessage('user', input)];
  const sent = [input, messages, history, contents].find(Array.isArray) ?? [];
  return sent.filter(isWire).flatMap((message) => {
    const role = typeof message.role === 'string' ? roles[message.role] : undefined;
    return role === undefined ? [] : [toMessage(role, message.content ?? message.parts)];
  });
}

/** The settings of a call: everything but its words and what no row may keep. */
export function readSettings(request: Wire): Record<string, unknown> {
  const config = isWire(request.generation_config) ? scrub(request.generation_config) : undefined;
  const kept = Object.entries(request).filter(([name]) => !words.includes(name) && !isSecret(name));
  return { ...Object.fromEntries(kept), ...(config === undefined ? {} : { generation_config: config }) };
}

/** Addresses and keys that a client put into a call for itself. */
function isSecret(name: string): boolean {
  return /^(api_?key|base_?url|http_?options|headers|authorization)$/i.test(name);
}

function scrub(config: Wire): Wire {
  return Object.fromEntries(Object.entries(config).filter(([name]) => !isSecret(name)));
}

function toMessage(role: PromptMessage['role'], content: unknown): PromptMessage {
  if (typeof content === 'string') return { role, content: [{ type: 'text', text: content }] };
  const parts = Array.isArray(content) ? content.filter(isWire) : [];
  return { role, content: parts.flatMap((part) => toBlock(part)) };
}

function toBlock(part: Wire): ContentBlock[] {
  if (typeof part.text === 'string') return [{ type: 'text', text: part.text }];
  const url =
    typeof part.image_url === 'string' ? part.image_url : isWire(part.image_url) ? part.image_url.url : null;
  if (typeof url === 'string') return [{ type: 'image_url', image_url: { url: url } }];
  const data = isWire(part.inlineData) ? part.inlineData : isWire(part.inline_data) ? part.inline_data : null;
  if (data === null || typeof data.data !== 'string') return [];
  const type = String(data.mimeType ?? data.mime_type ?? 'image/png');
  return [{ type: 'media', media: { type, url: `data:${type};base64,${data.data}` } }];
}
