import { parentPort } from 'node:worker_threads';
import type { Commission, WorkerAnswer } from './commission.ts';
import { InputPictureError } from './edit/open-picture.ts';
import { openWorkshop } from './open-workshop.ts';
import { paintCommission } from './paint-commission.ts';

/** The thread that draws. Pictures are done in the order they arrive, one at a time. */
const port = parentPort;
if (port !== null) {
  const workshop = openWorkshop();
  let last: Promise<void> = Promise.resolve();
  port.on('message', ({ id, commission }: { id: number; commission: Commission }) => {
    last = last.then(async () => {
      try {
        const drawing = await paintCommission(commission, workshop);
        const bytes = new Uint8Array(drawing.bytes);
        port.postMessage({ id, drawing: { ...drawing, bytes } } satisfies WorkerAnswer, [bytes.buffer]);
      } catch (cause) {
        const blame = cause instanceof InputPictureError ? 'input' : 'drawing';
        const message =
          blame === 'input'
            ? 'A picture that was sent cannot be decoded.'
            : `The picture could not be drawn: ${cause instanceof Error ? cause.message : 'unknown reason'}`;
        port.postMessage({ id, failure: { blame, message } } satisfies WorkerAnswer);
      }
    });
  });
}
