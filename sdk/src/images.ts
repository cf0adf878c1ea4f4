import {
  type EditBody,
  type Estimate,
  estimate,
  type GenerateBody,
  type ImagesResponse,
  imagesResponse,
} from '@pictor/api';
import { type ImageInput, withPictures } from './image-input.ts';
import { NotFoundError } from './pictor-api-error.ts';
import { type CallOptions, type RunOptions, sendCall, sendEmptyCall, type Transport } from './send-call.ts';
import { type ImageProgress, streamImages } from './stream-images.ts';

/** Images API: OpenAI's bodies and answers. */
export type Images = {
  /** Makes pictures from a prompt. Resolves when all are made, which can take minutes. */
  readonly generate: (body: GenerateRequest, options?: RunOptions) => Promise<ImagesResponse>;
  /** Changes pictures, or makes one from several; a mask says where. Resolves when all are made. */
  readonly edit: (body: EditRequest, options?: RunOptions) => Promise<ImagesResponse>;
  /** Makes others like a picture, without a prompt. */
  readonly vary: (body: VaryRequest, options?: RunOptions) => Promise<ImagesResponse>;
  /**
   * The same as `generate`, or as `edit` where there is a picture, told while it happens: previews if `partial_images`
   * asks for some, and the pictures. A stream that breaks is taken up again.
   */
  readonly stream: (
    body: GenerateRequest | EditRequest,
    options?: RunOptions,
  ) => AsyncIterable<ImageProgress>;
  /** The answer of a request once more, by its id; `not_found` where the project has none. It costs nothing. */
  readonly get: (requestId: string, options?: CallOptions) => Promise<ImagesResponse>;
  /**
   * What happens to a request, told like `stream` from its beginning on: previews that were made already, then all that
   * comes. For one that another page or process asked for; it costs nothing.
   */
  readonly follow: (requestId: string, options?: CallOptions) => AsyncIterable<ImageProgress>;
  /** Stops a request that runs; `request_finished` where it has ended. Whether the provider charges is for it to say. */
  readonly cancel: (requestId: string, options?: CallOptions) => Promise<void>;
  /** What a generation or an edit would cost, between two bounds. Calls no engine and keeps nothing. */
  readonly estimate: (body: EditBody, options?: CallOptions) => Promise<Estimate>;
};

/** The body of a generation that answers once; `prompt`, or `prompt_template` in its place, is required. */
export type GenerateRequest = GenerateBody & {
  readonly stream?: false;
};

/** The body of an edit. */
export type EditRequest = GenerateRequest & {
  /** One picture, or up to 16. */
  readonly image: ImageInput | readonly ImageInput[];
  /** Its transparent parts are where the first picture may change. */
  readonly mask?: ImageInput | undefined;
};

/** The body of a variation, which has no prompt. */
export type VaryRequest = GenerateBody & { readonly image: ImageInput; readonly stream?: false };

const generations = '/v1/images/generations';
const edits = '/v1/images/edits';
const variations = '/v1/images/variations';

/** How long `get` waits for a picture that is still being made. */
const waitSeconds = 240;

/** The images noun over one transport. */
export function imagesOver(transport: Transport): Images {
  const post = async (path: string, body: unknown, options: RunOptions | undefined) =>
    await sendCall(transport, { ...options, method: 'POST', path, body, isKeyed: true }, imagesResponse);
  return {
    generate: (body, options) => post(generations, body, options),
    edit: async (body, options) => await post(edits, await toBody(body), options),
    vary: async (body, options) => await post(variations, await toBody(body), options),
    stream: (body, options) => stream(transport, body, options),
    get: (requestId, options) => getAgain(transport, requestId, options),
    follow: (requestId, options) => follow(transport, requestId, options),
    cancel: (requestId, options) => cancel(transport, requestId, options),
    estimate: (body, options) =>
      sendCall(transport, { ...options, method: 'POST', path: '/v1/images/estimate', body }, estimate),
  };
}

async function* stream(
  transport: Transport,
  body: GenerateRequest | EditRequest,
  options: RunOptions | undefined,
): AsyncGenerator<ImageProgress> {
  const wanted = { ...body, stream: true };
  const call = hasImage(wanted)
    ? { path: edits, body: await toBody(wanted) }
    : { path: generations, body: wanted };
  yield* streamImages(transport, { ...options, ...call, method: 'POST', isKeyed: true });
}

async function* follow(
  transport: Transport,
  requestId: string,
  options: CallOptions | undefined,
): AsyncGenerator<ImageProgress> {
  const at = (path: string) =>
    streamImages(transport, { ...options, method: 'GET', path: `${path}/${encodeURIComponent(requestId)}` });
  try {
    yield* at(generations);
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    yield* at(edits);
  }
}

async function cancel(
  transport: Transport,
  requestId: string,
  options: CallOptions | undefined,
): Promise<void> {
  const at = (path: string) =>
    sendEmptyCall(transport, {
      ...options,
      method: 'POST',
      path: `${path}/${encodeURIComponent(requestId)}/cancel`,
    });
  await at(generations)
    .catch(ifNotFound(() => at(edits)))
    .catch(ifNotFound(() => at(variations)));
}

function hasImage(body: object): body is { readonly image: EditRequest['image'] } {
  return 'image' in body && body.image !== undefined;
}

async function toBody(body: {
  readonly image: EditRequest['image'];
  readonly mask?: ImageInput | undefined;
}) {
  const { image, mask, ...parameters } = body;
  const images = isList(image) ? image : [image];
  return await withPictures(parameters, { images, mask });
}

function isList(image: EditRequest['image']): image is readonly ImageInput[] {
  return Array.isArray(image);
}

/** One id is a generation, an edit or a variation; which one, the caller need not know. */
async function getAgain(
  transport: Transport,
  requestId: string,
  options: CallOptions | undefined,
): Promise<ImagesResponse> {
  const get = async (path: string): Promise<ImagesResponse> =>
    await sendCall(
      transport,
      {
        ...options,
        method: 'GET',
        path: `${path}/${encodeURIComponent(requestId)}`,
        headers: { prefer: `wait=${waitSeconds}` },
      },
      imagesResponse,
    );
  return await get(generations)
    .catch(ifNotFound(() => get(edits)))
    .catch(ifNotFound(() => get(variations)));
}

function ifNotFound<T>(next: () => Promise<T>): (error: unknown) => Promise<T> {
  return async (error) => {
    if (error instanceof NotFoundError) return await next();
    throw error;
  };
}
