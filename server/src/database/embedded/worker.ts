import { parentPort, workerData } from 'node:worker_threads';
import { PGlite, types } from '@electric-sql/pglite';
import type { WorkerReply, WorkerRequest } from './protocol.ts';

const port = parentPort;
if (port === null) throw new Error('This file runs as a worker thread.');

const reply = (message: WorkerReply): void => port.postMessage(message);

/** Safe integers are numbers on both engines; nothing that is kept here is larger. */
const parsers = { [types.INT8]: (text: string) => Number(text) };

try {
  const engine = await PGlite.create({ dataDir: readFolder(workerData), parsers });
  reply({ type: 'ready' });
  port.on('message', (request: WorkerRequest) => answer(engine, request));
} catch (error) {
  reply({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
}

async function answer(engine: PGlite, request: WorkerRequest): Promise<void> {
  try {
    if (request.type === 'close') {
      await engine.close();
      reply({ type: 'rows', id: request.id, rows: [], affected: undefined });
      port?.close();
      return;
    }
    const result = await engine.query(request.sql, [...request.parameters]);
    reply({ type: 'rows', id: request.id, rows: result.rows, affected: result.affectedRows });
  } catch (error) {
    const code =
      error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
    reply({
      type: 'error',
      id: request.id,
      message: error instanceof Error ? error.message : String(error),
      code,
    });
  }
}

function readFolder(data: unknown): string {
  if (typeof data === 'object' && data !== null && 'folder' in data && typeof data.folder === 'string')
    return data.folder;
  throw new Error('The worker was started without a folder.');
}
