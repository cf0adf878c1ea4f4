import { toUsd } from '../foundation/index.ts';
import type { ListedRequest } from '../requests/index.ts';
import type { Delivery } from './webhook.ts';

/** What an address is told of a request: where its pictures are, never what was asked for, and no bytes. */
export function writePayload(
  delivery: Delivery,
  request: ListedRequest | null,
  linkTo: (imageId: string) => string,
): string {
  if (request === null) {
    return JSON.stringify({
      type: delivery.type,
      timestamp: delivery.createdAt.toISOString(),
      data: { id: delivery.webhookId, object: 'webhook' },
    });
  }
  return JSON.stringify({
    type: delivery.type,
    timestamp: (request.finished_at ?? delivery.createdAt).toISOString(),
    data: {
      id: request.id,
      object: 'image.request',
      status: request.status,
      kind: request.kind,
      model: request.model_id,
      engine: request.engine,
      images: request.images
        .filter((image) => image.role === 'output')
        .map((image) => ({ id: image.id, url: linkTo(image.id) })),
      error: toError(request.error),
      cost: toUsd(request.cost_nano_usd),
    },
  });
}

/** The error as it was answered, without details that an engine may have added. */
function toError(error: Readonly<Record<string, unknown>> | null) {
  if (error === null) return null;
  const { code, type, param, message } = error;
  return { code, type, param, message };
}
