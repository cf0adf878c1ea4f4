import {
  type EditBody,
  type Estimate,
  estimate,
  type GenerateBody,
  type ImagesResponse,
  imagesResponse,
} from '@pictor/api';
import { type CallOptions, sendCall, type Transport } from './send-call.ts';

/** Images API: OpenAI's bodies and answers. */
export type Images = {
  /** Makes pictures from a prompt. Resolves when all are made, which can take minutes. */
  readonly generate: (body: GenerateRequest, options?: CallOptions) => Promise<ImagesResponse>;
  /** What a generation or an edit would cost, between two bounds. Calls no engine and keeps nothing. */
  readonly estimate: (body: EditBody, options?: CallOptions) => Promise<Estimate>;
};

/** The body of a generation that answers once; a prompt is required. */
export type GenerateRequest = GenerateBody & {
  readonly prompt: string;
  readonly stream?: false;
};

/** The images noun over one transport. */
export function imagesOver(transport: Transport): Images {
  return {
    generate: (body, options) =>
      sendCall(
        transport,
        { ...options, method: 'POST', path: '/v1/images/generations', body },
        imagesResponse,
      ),
    estimate: (body, options) =>
      sendCall(transport, { ...options, method: 'POST', path: '/v1/images/estimate', body }, estimate),
  };
}
