import { drawPicture } from './draw-picture.ts';
import type { ReadRequest } from './read-upstream-request.ts';
import type { Answer, Behaviour, UpstreamCall } from './serve-upstream.ts';

/** The pictures that a request asks for, in the form that it asks for: a reply, or events. */
export async function writeOpenAiAnswer(
  read: ReadRequest,
  call: UpstreamCall,
  behaviour: Behaviour,
): Promise<Answer> {
  const asked = new Map(read.fields);
  if (String(asked.get('stream')) !== 'true') {
    const body = await writeReply(read, asked, call, behaviour);
    return { status: 200, headers: { 'content-type': 'application/json' }, body };
  }
  const headers = { 'content-type': 'text/event-stream; charset=utf-8' };
  return { status: 200, headers, body: await writeEvents(read, asked, call, behaviour) };
}

type Asked = ReadonlyMap<string, unknown>;

/** What the model did with what was asked; nobody is asked for `auto` twice. */
function applied(asked: Asked): { size: string; quality: string; background: string; output_format: string } {
  const or = (name: string, fallback: string): string => {
    const value = asked.get(name);
    return typeof value === 'string' && value !== 'auto' ? value : fallback;
  };
  return {
    size: or('size', '1024x1024'),
    quality: or('quality', 'medium'),
    background: or('background', 'opaque'),
    output_format: or('output_format', 'png'),
  };
}

async function draw(asked: Asked, call: UpstreamCall): Promise<Buffer> {
  const picture = await drawPicture(applied(asked));
  call.pictures.push(picture);
  return picture;
}

function isDallE(asked: Asked): boolean {
  return String(asked.get('model')).startsWith('dall-e');
}

/** Every image is 200 tokens and every preview 100; text is a token for four characters, a picture 50. */
function usageOf(read: Pick<ReadRequest, 'files'>, asked: Asked, images: number, previews: number) {
  const textTokens = Math.ceil(String(asked.get('prompt')).length / 4);
  const imageTokens = read.files.length * 50;
  const outputTokens = images * 200 + previews * 100;
  return {
    input_tokens: textTokens + imageTokens,
    input_tokens_details: { text_tokens: textTokens, image_tokens: imageTokens },
    output_tokens: outputTokens,
    // The first generation tells these details, newer models often do not.
    ...(String(asked.get('model')).startsWith('gpt-image-1')
      ? { output_tokens_details: { image_tokens: outputTokens, text_tokens: 0 } }
      : {}),
    total_tokens: textTokens + imageTokens + outputTokens,
  };
}

async function writeReply(
  read: ReadRequest,
  asked: Asked,
  call: UpstreamCall,
  behaviour: Behaviour,
): Promise<Buffer> {
  const n = Number(asked.get('n') ?? 1);
  const data: Record<string, unknown>[] = [];
  for (let index = 0; index < n; index += 1) {
    const b64_json = (await draw(asked, call)).toString('base64');
    data.push(isDallE(asked) ? { revised_prompt: `revised ${index}`, b64_json } : { b64_json });
  }
  const { background, ...rest } = applied(asked);
  const reply = isDallE(asked)
    ? { created: 1_795_000_000, data }
    : { created: 1_795_000_000, background, data, ...rest, usage: usageOf(read, asked, n, 0) };
  return Buffer.from(JSON.stringify(behaviour.change?.(reply) ?? reply));
}

/** Previews and images in the order of the reference: the bytes stand before what is said of them. */
async function writeEvents(
  read: ReadRequest,
  asked: Asked,
  call: UpstreamCall,
  behaviour: Behaviour,
): Promise<Buffer> {
  const prefix = read.path.split('?')[0]?.endsWith('/edits') ? 'image_edit' : 'image_generation';
  const previews = Number(asked.get('partial_images') ?? 0);
  const events: string[] = [];
  const tell = (data: Record<string, unknown>): void => {
    const name = behaviour.withoutEventNames === true ? '' : `event: ${data.type}\n`;
    events.push(`${name}data: ${JSON.stringify(behaviour.change?.(data) ?? data)}\n\n`);
  };
  for (let image = 0; image < Number(asked.get('n') ?? 1); image += 1) {
    for (let preview = 0; preview < previews; preview += 1) {
      tell({
        type: `${prefix}.partial_image`,
        b64_json: (await draw(asked, call)).toString('base64'),
        created_at: 1_795_000_000,
        ...applied(asked),
        partial_image_index: preview,
      });
    }
    tell({
      type: `${prefix}.completed`,
      b64_json: (await draw(asked, call)).toString('base64'),
      created_at: 1_795_000_000,
      ...applied(asked),
      usage: usageOf(read, asked, 1, previews),
    });
  }
  return Buffer.from(events.join('') + (behaviour.closing ?? ''));
}
