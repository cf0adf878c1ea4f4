import type { HttpRequest } from '../http/index.ts';
import type { PromptLayerParts } from './parts.ts';

type Reached = Pick<HttpRequest, 'protocol' | 'headers'>;

/** The address by which the caller reached this server. */
export function toBaseUrl(parts: Pick<PromptLayerParts, 'publicUrl'>, request: Reached): string {
  return parts.publicUrl ?? `${request.protocol}://${request.headers.host}`;
}

/** People look at logs for longer than at answers. */
const linkMs = 24 * 60 * 60_000;

/** Addresses that open pictures without a key. */
export function toLinker(
  parts: Pick<PromptLayerParts, 'publicUrl' | 'links'>,
  request: Reached,
): (imageId: string) => string {
  const base = toBaseUrl(parts, request);
  return (imageId) =>
    `${base}/images/${imageId}?${parts.links.sign({ imageId, expiresAt: new Date(Date.now() + linkMs) })}`;
}
