import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Pictor, startPictor } from './start-pictor.ts';

const seedFile = fileURLToPath(new URL('./write-seed.ts', import.meta.url));

const drawn = [
  { prompt: 'A red fox asleep under a full moon', size: '1024x1024' },
  { prompt: 'A lighthouse on a cliff at dusk', size: '1024x1536' },
  { prompt: 'Two boats on a quiet lake', size: '1536x1024' },
  { prompt: 'A bowl of lemons by a window', size: '1024x1024' },
  { prompt: 'A snowy village at night', size: '1536x1024' },
  { prompt: 'A cactus in a red pot', size: '1024x1024' },
];

/**
 * A server with so many requests of a year, every tenth with a picture, written into its data folder in one go. Their
 * pictures are a few real ones, which the server has drawn before.
 */
export async function startSeeded(requestCount: number): Promise<Pictor> {
  const first = await startPictor();
  const client = first.client();
  await Promise.all(drawn.map((body) => client.images.generate({ model: 'sketch-1', ...body } as never)));
  await first.stop();
  const { dataDir } = first;
  // In a process of its own, whose WebAssembly is compiled for long work.
  await promisify(execFile)(process.execPath, [seedFile, dataDir, String(requestCount)]);
  return await startPictor({ dataDir, isLongLived: true });
}
