import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase, openGroupWriter } from '../../server/src/database/index.ts';
import { newId, openLog } from '../../server/src/foundation/index.ts';
import { openRequests, type Requests } from '../../server/src/requests/index.ts';
import type { CommitCost } from './measure-commits.ts';
import { percentile } from './summarise.ts';

const roundMs = 3000;
const { dataDir } = workerData as { dataDir: string };

const database = await openDatabase({ dataDir, databaseUrl: undefined, fsync: 'group' });
const writer = openGroupWriter(database);
const requests = await openRequests({ database, writer, dataDir, log: openLog('silent') });
const { id: projectId } = await database.sql.selectFrom('projects').select('id').executeTakeFirstOrThrow();
const { id: keyId } = await database.sql
  .insertInto('api_keys')
  .values({
    id: 'key_bench',
    project_id: projectId,
    name: 'bench',
    hash: 'bench',
    hint: 'bench',
    scopes: JSON.stringify(['generate']),
    created_at: new Date(),
  })
  .returning('id')
  .executeTakeFirstOrThrow();

// Once to warm up.
await measure(16);
const costs: CommitCost[] = [];
for (const atOnce of [1, 16, 64]) costs.push(await measure(atOnce));
await requests.stop();
await database.close();
parentPort?.postMessage(costs);

async function measure(atOnce: number): Promise<CommitCost> {
  const opening: number[] = [];
  const closing: number[] = [];
  const startMs = performance.now();
  const work = async (): Promise<void> => {
    while (performance.now() - startMs < roundMs) {
      const id = newId('req');
      const beginMs = performance.now();
      await requests.open(toOpening(id));
      const openedMs = performance.now();
      await Promise.all([requests.addImage(toImage(id)), requests.close(toClosing(id))]);
      opening.push(openedMs - beginMs);
      closing.push(performance.now() - openedMs);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const seconds = (performance.now() - startMs) / 1000;
  return {
    atOnce,
    openMs: percentile(opening, 50),
    closeMs: percentile(closing, 50),
    perSecond: opening.length / seconds,
  };
}

type Opening = Parameters<Requests['open']>[0];
type Image = Parameters<Requests['addImage']>[0];
type Closing = Parameters<Requests['close']>[0];

function toOpening(id: string): Opening {
  return {
    id,
    projectId,
    keyId,
    kind: 'generate',
    route: '/v1/images/generations',
    model: 'gpt-image-1',
    modelId: 'gpt-image-1',
    provider: 'openai',
    engine: 'openai',
    prompt: 'A lighthouse on a rock',
    parameters: { size: 'auto' },
    adjustments: [],
    warnings: [],
    endUser: null,
    fingerprint: id,
    idempotencyKey: null,
    parentId: null,
    holdNanoUsd: 11_000_000,
    tags: [],
    savedPrompt: null,
    createdAt: new Date(),
    inputs: [],
  };
}

function toImage(requestId: string): Image {
  return {
    id: newId('img'),
    projectId,
    requestId,
    role: 'output',
    position: 0,
    hash: 'a'.repeat(64),
    mediaType: 'image/png',
    byteCount: 1_500_000,
    width: 1024,
    height: 1024,
    revisedPrompt: null,
    applied: {},
    replay: null,
    createdAt: new Date(),
  };
}

function toClosing(id: string): Closing {
  return {
    id,
    status: 'succeeded',
    modelId: 'gpt-image-1',
    provider: 'openai',
    engine: 'openai',
    adjustments: [],
    answer: { model: 'gpt-image-1' },
    usage: null,
    costNanoUsd: 11_000_000,
    listCostNanoUsd: null,
    priceRow: null,
    error: null,
    upstreamRequestId: null,
    upstreamHeaders: {},
    warnings: [],
    attempts: [],
    releaseKey: false,
    finishedAt: new Date(),
    durationMs: 10,
  };
}
