import type { LateFacts } from '../models/index.ts';
import type { Delivery } from './delivery.ts';
import { tellFormat } from './tell-format.ts';

/** Adds to the images what their provider told only behind their bytes. */
export function addLateFacts(delivery: Delivery, late: readonly LateFacts[]): void {
  for (const [index, image] of delivery.images.entries()) {
    const facts = late.find((each) => each.imageIndex === image.position);
    if (facts === undefined) continue;
    const { applied, revisedPrompt } = facts;
    delivery.images[index] = {
      ...image,
      applied: tellFormat({ ...image.applied, ...applied }, image.mediaType),
      ...(revisedPrompt === undefined ? {} : { revisedPrompt }),
    };
  }
}
