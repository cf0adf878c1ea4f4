import sharp from 'sharp';
import { CheckFailure } from '../check-failure.ts';
import { findKind } from '../kinds/list-kinds.ts';
import { openMaterial } from '../material/open-material.ts';
import type { CheckReply, CheckTask } from './check-task.ts';

/** Looked at between two steps of a check; whoever holds more ends, and the pool starts another process. */
const maxMemoryBytes = 1024 * 1024 * 1024;
const lookEveryMs = 100;

sharp.cache(false);
sharp.concurrency(1);

process.on('message', (task: CheckTask) => {
  run(task).then(
    (reply) => process.send?.(reply),
    (error: unknown) => {
      process.send?.({
        id: task.id,
        failure: { reason: 'crashed', message: String(error) },
      } satisfies CheckReply);
    },
  );
});

setInterval(() => {
  if (process.memoryUsage.rss() > maxMemoryBytes) process.exit(1);
}, lookEveryMs).unref();

async function run({ id, check, inputs, options }: CheckTask): Promise<CheckReply> {
  const kind = findKind(check);
  if (kind === null)
    return { id, failure: { reason: 'unknown_check', message: `No check is called ${check}.` } };
  try {
    return { id, result: await kind.run(openMaterial(inputs), options) };
  } catch (error) {
    if (error instanceof CheckFailure)
      return { id, failure: { reason: error.reason, message: error.message } };
    throw error;
  }
}
