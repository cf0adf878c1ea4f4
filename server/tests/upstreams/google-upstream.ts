// The wire as in npm @google/genai 3.1.0 of 2026-11-10 (genai.d.ts and dist/node/index.mjs) and the image generation
// guide as quoted on 2026-09-05: the Gemini API and Vertex AI, and the token endpoint of service accounts. Where a
// request breaks their rules, it answers as they are documented to.
import { createHash } from 'node:crypto';
import { drawPicture } from './draw-picture.ts';
import { checkGoogleBody, type GoogleRefusal, signatureOf, type Target } from './google-rules.ts';
import { googleTokens, sizeOf } from './google-sizes.ts';
import type { ReadRequest } from './read-upstream-request.ts';
import {
  type Answer,
  type Behaviour,
  jsonAnswer,
  type ServedUpstream,
  serveUpstream,
  type UpstreamCall,
} from './serve-upstream.ts';

export const googleKey = 'AIza-upstream-0123456789abcdef';
export const googleToken = 'ya29.upstream-0123456789abcdef';
export const googleProject = 'pictor-tests';

export type GoogleUpstreamOptions = {
  /** Draws every edge this many times smaller: tables of sizes need no large pictures. Default 1. */
  readonly shrink?: number;
};

/** Starts the upstream on a free port of this machine. */
export async function openGoogleUpstream(options: GoogleUpstreamOptions = {}): Promise<ServedUpstream> {
  return await serveUpstream((read, call, behaviour) => answer(read, call, behaviour, options.shrink ?? 1), {
    'content-type': 'application/json; charset=UTF-8',
    'server-timing': 'gfet4t7; dur=1234',
  });
}

const methods = /^(.*)\/models\/([^/:]+):(generateContent|countTokens)$/;

async function answer(
  read: ReadRequest,
  call: UpstreamCall,
  behaviour: Behaviour,
  shrink: number,
): Promise<Answer> {
  const [path = ''] = read.path.split('?');
  if (path === '/token') {
    return jsonAnswer(200, { access_token: googleToken, expires_in: 3599, token_type: 'Bearer' });
  }
  const isList = read.method === 'GET' && path === '/v1beta/models';
  const [, prefix = '', model = '', method = ''] = methods.exec(decodeURIComponent(path)) ?? [];
  const platform = isList || prefix === '/v1beta' ? 'gemini' : platformOf(prefix);
  if (platform === null || (!isList && read.method !== 'POST')) {
    return {
      status: 404,
      headers: { 'content-type': 'text/html' },
      body: Buffer.from('<title>Error 404</title>'),
    };
  }
  const refusal = checkKey(read, platform, prefix);
  if (refusal !== null) return refuse(refusal);
  if (isList) return jsonAnswer(200, { models: [{ name: 'models/gemini-3-pro-image' }], nextPageToken: 'a' });
  const target: Target = { platform, model };
  const wrong = checkGoogleBody(target, Object.fromEntries(read.fields));
  if (wrong !== null) return refuse(wrong);
  if (method === 'countTokens') return jsonAnswer(200, { totalTokens: 1 });
  const reply = await writeReply(target, new Map(read.fields), call, shrink);
  return jsonAnswer(200, behaviour.change?.(reply) ?? reply);
}

function platformOf(prefix: string): Target['platform'] | null {
  const isVertex = /^\/v1beta1(\/projects\/[^/]+\/locations\/[^/]+)?\/publishers\/google$/.test(prefix);
  return isVertex ? 'vertex' : null;
}

function refuse({ code, status, message, details }: GoogleRefusal): Answer {
  return jsonAnswer(code, {
    error: { code, message, status, ...(details === undefined ? {} : { details }) },
  });
}

function checkKey(read: ReadRequest, platform: Target['platform'], prefix: string): GoogleRefusal | null {
  const { authorization, 'x-goog-api-key': key } = read.headers;
  if (platform === 'vertex' && prefix.includes('/projects/')) {
    const project = /\/projects\/([^/]+)/.exec(prefix)?.[1];
    if (authorization !== `Bearer ${googleToken}`) {
      return {
        code: 401,
        status: 'UNAUTHENTICATED',
        message: 'Request had invalid authentication credentials. Expected OAuth 2 access token.',
      };
    }
    return project === googleProject
      ? null
      : {
          code: 403,
          status: 'PERMISSION_DENIED',
          message: `Permission 'aiplatform.endpoints.predict' denied on resource '//aiplatform.googleapis.com/projects/${project}' (or it may not exist).`,
          details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'IAM_PERMISSION_DENIED' }],
        };
  }
  if (key === googleKey) return null;
  return {
    code: 400,
    status: 'INVALID_ARGUMENT',
    message: 'API key not valid. Please pass a valid API key.',
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'API_KEY_INVALID',
        domain: 'googleapis.com',
      },
    ],
  };
}

type Members = Readonly<Record<string, unknown>>;
type Asked = ReadonlyMap<string, unknown>;

function members(value: unknown): Members {
  return (value ?? {}) as Members;
}

/** Words before the picture where words are asked for, both signed by the newer models. */
async function writeReply(
  target: Target,
  asked: Asked,
  call: UpstreamCall,
  shrink: number,
): Promise<Record<string, unknown>> {
  const config = members(asked.get('generationConfig'));
  const image = members(config.imageConfig);
  const tier = String(image.imageSize ?? '1K');
  const { picture, mimeType } = await draw(target, image, tier, shrink);
  const data = picture.toString('base64');
  const signs = target.model !== 'gemini-2.5-flash-image';
  const sign = (content: string) => (signs ? { thoughtSignature: signatureOf(content) } : {});
  const modalities = (config.responseModalities ?? ['TEXT', 'IMAGE']) as readonly string[];
  const paints = modalities.includes('IMAGE');
  if (paints) call.pictures.push(picture);
  const text = paints ? 'Here is your picture.' : 'Hello.';
  const words = modalities.includes('TEXT') ? [{ text, ...sign(text) }] : [];
  const pictures = paints ? [{ inlineData: { mimeType, data }, ...sign(data) }] : [];
  return {
    candidates: [
      {
        content: { parts: [...words, ...pictures], role: 'model' },
        finishReason: 'STOP',
        index: 0,
      },
    ],
    usageMetadata: usageOf(asked, paints ? (googleTokens[target.model]?.[tier] ?? 0) : 0, words.length * 6),
    modelVersion: target.model,
    responseId: `res-${createHash('sha256').update(picture).digest('hex').slice(0, 12)}`,
  };
}

/** Gemini 3 says PNG and sends a JPEG; the newest says what it sends; both obey on Vertex AI. */
async function draw({ model }: Target, image: Members, tier: string, shrink: number) {
  const { width, height } = sizeOf(model, tier, String(image.aspectRatio ?? '1:1'));
  const options = members(image.imageOutputOptions);
  const usual = model === 'gemini-2.5-flash-image' || model === 'gemini-3.1-flash-image' ? 'png' : 'jpeg';
  const format = typeof options.mimeType === 'string' ? options.mimeType.replace('image/', '') : usual;
  const picture = await drawPicture({
    size: `${Math.max(8, Math.round(width / shrink))}x${Math.max(8, Math.round(height / shrink))}`,
    background: 'opaque',
    output_format: format,
  });
  const lies = model === 'gemini-3-pro-image' && options.mimeType === undefined;
  return { picture, mimeType: lies ? 'image/png' : `image/${format}` };
}

/** Text is a token for four characters, a picture 1120; thinking is 30. */
function usageOf(asked: Asked, imageTokens: number, textTokens: number): Record<string, unknown> {
  const contents = asked.get('contents') as readonly { parts: readonly Members[] }[];
  const parts = contents.flatMap((content) => content.parts);
  const text = parts.reduce((sum, part) => sum + String(part.text ?? '').length, 0);
  const textIn = Math.ceil(text / 4);
  const imageIn = parts.filter((part) => part.inlineData !== undefined).length * 1120;
  return {
    promptTokenCount: textIn + imageIn,
    candidatesTokenCount: imageTokens + textTokens,
    totalTokenCount: textIn + imageIn + imageTokens + textTokens + 30,
    promptTokensDetails: [
      { modality: 'TEXT', tokenCount: textIn },
      ...(imageIn === 0 ? [] : [{ modality: 'IMAGE', tokenCount: imageIn }]),
    ],
    // Words of the answer are counted, but not among the details.
    candidatesTokensDetails: [{ modality: 'IMAGE', tokenCount: imageTokens }],
    thoughtsTokenCount: 30,
  };
}
