import { isWire, type Wire } from '../wire.ts';
import type { OutputPart, OutputPicture, Outputs } from './outputs.ts';

/** What an answer says of its pictures, under the names that blocks keep. */
const imageFacts = ['size', 'quality', 'background', 'output_format'] as const;

/**
 * Reads a provider's answer by its shape: what a client says it called may be wrong, since some clients name a call by
 * the model's name.
 */
export function readOutputs(response: unknown, request: Wire): Outputs {
  const answer = unwrap(response);
  const found = readImages(answer) ?? readResponse(answer) ?? readGemini(answer, request) ?? readChat(answer);
  const own = isWire(answer.pictor) ? answer.pictor.request : undefined;
  return {
    shape: found?.shape ?? 'none',
    parts: found?.parts ?? [],
    usage: firstWire(answer.usage, answer.usageMetadata, answer.usage_metadata),
    imageUsage: isWire(answer.tool_usage) ? firstWire(answer.tool_usage.image_gen) : null,
    model: firstText(answer.model, answer.modelVersion, answer.model_version),
    requestId: typeof own === 'string' ? own : null,
    responseId: found?.shape === 'responses' && typeof answer.id === 'string' ? answer.id : null,
  };
}

type Found = Pick<Outputs, 'shape' | 'parts'> | null;

/** The last event of a stream stands for the answer where a client did not put its events together. */
function unwrap(response: unknown): Wire {
  if (!isWire(response)) return {};
  if (isWire(response.response)) return response.response;
  if (typeof response.b64_json === 'string') return { ...response, data: [response] };
  return response;
}

function readImages(answer: Wire): Found {
  const { data } = answer;
  if (!Array.isArray(data)) return null;
  const shared = pick(answer, imageFacts);
  const parts = data.filter(isWire).flatMap((entry): OutputPicture[] => {
    const from = readBytes(entry.b64_json, entry.url);
    if (from === null) return [];
    const facts = { ...shared, ...pick(entry, [...imageFacts, 'revised_prompt']) };
    return [{ type: 'picture', id: null, from, mimeType: toMimeType(facts.output_format), metadata: facts }];
  });
  return { shape: 'images', parts };
}

function readResponse({ output }: Wire): Found {
  if (!Array.isArray(output)) return null;
  return { shape: 'responses', parts: output.filter(isWire).flatMap(readItem) };
}

function readItem(item: Wire): OutputPart[] {
  if (item.type === 'message' && Array.isArray(item.content)) {
    return item.content.filter(isWire).flatMap((part) => toText(part.text ?? part.refusal));
  }
  const from = item.type === 'image_generation_call' ? readBytes(item.result, undefined) : null;
  if (from === null) return [];
  const metadata = pick(item, [...imageFacts, 'revised_prompt']);
  const id = typeof item.id === 'string' ? item.id : null;
  return [{ type: 'picture', id, from, mimeType: toMimeType(metadata.output_format), metadata }];
}

function readGemini({ candidates }: Wire, request: Wire): Found {
  if (!Array.isArray(candidates)) return null;
  const [first] = candidates.filter(isWire);
  const content = isWire(first?.content) ? first.content : {};
  const parts = Array.isArray(content.parts) ? content.parts.filter(isWire) : [];
  const metadata = readImageConfig(request);
  return {
    shape: 'gemini',
    parts: parts.flatMap((part): OutputPart[] => {
      if (part.thought === true) return [];
      const data = firstWire(part.inlineData, part.inline_data);
      const from = data === null ? null : readBytes(data.data, undefined);
      if (data === null || from === null) return toText(part.text);
      const mimeType = firstText(data.mimeType, data.mime_type) ?? 'image/png';
      return [{ type: 'picture', id: null, from, mimeType, metadata }];
    }),
  };
}

/** Gemini's answer does not repeat what was asked; the block keeps it all the same. */
function readImageConfig(request: Wire): Wire {
  const config = firstWire(request.generation_config, request.generationConfig, request.config) ?? {};
  const image = firstWire(config.image_config, config.imageConfig) ?? {};
  const aspectRatio = firstText(image.aspect_ratio, image.aspectRatio);
  const imageSize = firstText(image.image_size, image.imageSize);
  return {
    ...(aspectRatio === null ? {} : { aspect_ratio: aspectRatio }),
    ...(imageSize === null ? {} : { image_size: imageSize }),
  };
}

function readChat({ choices }: Wire): Found {
  if (!Array.isArray(choices)) return null;
  const parts = choices
    .filter(isWire)
    .flatMap((choice) => toText(isWire(choice.message) ? choice.message.content : choice.text));
  return { shape: 'chat', parts };
}

function readBytes(base64: unknown, url: unknown): OutputPicture['from'] | null {
  if (typeof base64 === 'string' && base64 !== '') return { base64 };
  return typeof url === 'string' && url !== '' ? { url } : null;
}

function toText(text: unknown): OutputPart[] {
  return typeof text === 'string' && text !== '' ? [{ type: 'text', text }] : [];
}

function toMimeType(format: unknown): string {
  return format === 'jpeg' || format === 'webp' ? `image/${format}` : 'image/png';
}

function pick(from: Wire, names: readonly string[]): Wire {
  const known = names.filter((name) => from[name] !== undefined && from[name] !== null);
  return Object.fromEntries(known.map((name) => [name, from[name]]));
}

function firstWire(...values: readonly unknown[]): Wire | null {
  return values.find(isWire) ?? null;
}

function firstText(...values: readonly unknown[]): string | null {
  return values.find((value) => typeof value === 'string') ?? null;
}
