import type { ImageEvent, ImageJob, ImageModel } from '../../../models/index.ts';
import { testRequestId } from '../../../models/testing/collect-events.ts';
import { readAll } from '../../kit/hold-bytes.ts';

type ImageMade = Extract<ImageEvent, { type: 'image' }>;

export type ListedEvent =
  | Exclude<ImageEvent, { type: 'image' | 'partial' }>
  | (Omit<ImageMade, 'bytes' | 'original'> & { readonly bytes: Buffer; readonly original?: Buffer });

/** Every event of a run, with the bytes of pictures read to their end. */
export async function listEvents(model: ImageModel, job: ImageJob): Promise<ListedEvent[]> {
  const events: ListedEvent[] = [];
  const context = { requestId: testRequestId, signal: new AbortController().signal };
  for await (const event of model.run(job, context)) {
    if (event.type === 'partial') throw new Error('Gemini has no previews.');
    if (event.type !== 'image') {
      events.push(event);
      continue;
    }
    const { bytes, original, ...rest } = event;
    const read = await readAll(bytes.chunks);
    events.push({
      ...rest,
      bytes: read,
      ...(original === undefined ? {} : { original: await readAll(original.chunks) }),
    });
  }
  return events;
}

/** The pictures among them. */
export function imagesOf(events: readonly ListedEvent[]) {
  return events.filter((event) => event.type === 'image');
}
