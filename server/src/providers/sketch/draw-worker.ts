import { parentPort } from 'node:worker_threads';
import type { Commission, WorkerAnswer } from './commission.ts';
import { InputPictureError } from './edit/open-picture.ts';
import { openWorkshop } from './open-workshop.ts';
import { paintCommission } from './paint-commission.ts';

/** The thread that draws: one picture at a time, and the next comes when this one is answered. */
const port = parentPort;
if (port !== null) {
  const workshop = openWorkshop();
  port.on('message', async (commission: Commission) => {
    try {
      const drawing = await paintCommission(commission, workshop);
      const bytes = new Uint8Array(drawing.bytes);
      port.postMessage({ drawing: { ...drawing, bytes } } satisfies WorkerAnswer, [bytes.buffer]);
    } catch (cause) {
      const blame = cause instanceof InputPictureError ? 'input' : 'drawing';
      const message =
        blame === 'input'
          ? 'A picture that was sent cannot be decoded.'
          : `The picture could not be drawn: ${cause instanceof Error ? cause.message : 'unknown reason'}`;
      port.postMessage({ failure: { blame, message } } satisfies WorkerAnswer);
    }
  });
}
