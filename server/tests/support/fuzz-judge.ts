import { errorCatalogue } from '../../src/foundation/error-catalogue.ts';
import type { FuzzAnswer, FuzzRequest } from './fuzz-send.ts';

/** Words of the inside: none of them is ever sent, so an answer that holds one gives something away. */
const innerWords: readonly string[] = [
  '/server/src',
  'node_modules',
  '    at ',
  'node:internal',
  'ENOENT',
  'ECONN',
  'sharp',
  'vips',
  'libpng',
  'busboy',
  'kysely',
  'pglite',
  'fastify',
  'FST_ERR',
  'HPE_',
  'zod',
  'SELECT ',
  'select "',
  'insert into',
  '[object Object]',
];

/** What is wrong with an answer; null: nothing. `secrets` must not stand in it either. */
export function judge(request: FuzzRequest, answer: FuzzAnswer, secrets: readonly string[]): string | null {
  if (answer.type === 'hang') return 'no answer within the time';
  if (answer.type === 'broken') return `a broken answer: ${answer.what}\n${answer.text}`;
  // Who hangs up need not be answered.
  if (answer.type === 'none') return request.hangsUp ? null : 'the connection ended without an answer';
  if (answer.status >= 500) return `status ${answer.status}: ${answer.body.toString('utf8').slice(0, 500)}`;
  const text = isPicture(answer.headers) ? answer.head : `${answer.head}\n${withoutPictures(answer.body)}`;
  const leak = [...innerWords, ...secrets].find((word) => text.includes(word));
  if (leak !== undefined) return `the answer holds '${leak}': ${text.slice(0, 800)}`;
  return answer.status >= 400 && request.method !== 'HEAD' ? judgeEnvelope(answer.status, answer.body) : null;
}

function isPicture(headers: ReadonlyMap<string, string>): boolean {
  return headers.get('content-type')?.startsWith('image/') ?? false;
}

function withoutPictures(body: Buffer): string {
  return body.toString('utf8').replaceAll(/"b64_json":"[A-Za-z0-9+/=]*"/g, '');
}

/** An error is OpenAI's envelope, with a code of the closed list and the status of that code. */
function judgeEnvelope(status: number, body: Buffer): string | null {
  const shown = `status ${status}: ${body.toString('utf8').slice(0, 500)}`;
  const error = readError(body);
  if (error === null) return `an error that is no envelope, ${shown}`;
  const { message, type, param, code } = error;
  if (typeof message !== 'string' || message.trim() === '') return `an error without a message, ${shown}`;
  if (typeof param !== 'string' && param !== null)
    return `an error whose param is neither text nor null, ${shown}`;
  if (code === 'invalid_http') return status === 400 ? null : `a wrong status, ${shown}`;
  const known = Object.entries(errorCatalogue).find(([name]) => name === code)?.[1];
  if (known === undefined) return `a code that is not in the catalogue, ${shown}`;
  return known.status === status && known.type === type ? null : `a status or type of another code, ${shown}`;
}

function readError(body: Buffer): Record<string, unknown> | null {
  try {
    const parsed = JSON.parse(body.toString('utf8')) as { error?: unknown };
    return typeof parsed.error === 'object' ? (parsed.error as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}
