import OpenAI from 'openai';
import { expect } from 'vitest';
import { toJson } from './forms.ts';
import type { Pictor } from './start-pictor.ts';

export type MadeKey = {
  readonly id: string;
  /** The key itself. */
  readonly key: string;
  readonly call: (path: string, init?: RequestInit) => Promise<Response>;
  readonly client: () => OpenAI;
};

/** Makes a project with the root key; gives its id. */
export async function makeProject(pictor: Pictor, body: Readonly<Record<string, unknown>>): Promise<string> {
  const answer = await pictor.call('/api/projects', toJson(body));
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { id: string }).id;
}

/** Makes a key of a project with the root key. */
export async function makeKey(
  pictor: Pictor,
  project: string,
  body: Readonly<Record<string, unknown>> = {},
): Promise<MadeKey> {
  const answer = await pictor.call(`/api/projects/${project}/keys`, toJson({ name: 'A key', ...body }));
  expect(answer.status).toBe(200);
  const { id, key } = (await answer.json()) as { id: string; key: string };
  return { id, key, ...callsWith(pictor, key) };
}

/** Calls and clients that carry a key. */
export function callsWith(pictor: Pictor, key: string): Pick<MadeKey, 'call' | 'client'> {
  return {
    call: (path, init) =>
      fetch(`${pictor.url}${path}`, {
        ...init,
        headers: { ...init?.headers, authorization: `Bearer ${key}` },
      }),
    client: () => new OpenAI({ apiKey: key, baseURL: `${pictor.url}/v1`, maxRetries: 0 }),
  };
}
