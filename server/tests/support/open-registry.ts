import { expect } from 'vitest';
import { type Pictor, startPictor } from './start-pictor.ts';

export type Body = Record<string, unknown>;

/** A server whose prompts are to be tried. */
export type Registry = {
  readonly pictor: Pictor;
  readonly send: (method: string, path: string, body?: unknown) => Promise<{ status: number; body: Body }>;
  /** Saves a completion prompt under a name of its own. */
  readonly save: (text: string, more?: Body) => Promise<{ name: string; body: Body }>;
  readonly render: (name: string, body?: Body) => Promise<{ status: number; body: Body }>;
};

export async function openRegistry(): Promise<Registry> {
  const pictor = await startPictor();
  const send: Registry['send'] = async (method, path, body) => {
    const reply = await pictor.call(path, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    return { status: reply.status, body: (await reply.json()) as Body };
  };
  return {
    pictor,
    send,
    save: async (text, more = {}) => {
      const name = `prompt ${Math.random().toString(36).slice(2)}`;
      const { status, body } = await send('POST', '/api/prompts', {
        name,
        template: completion(text),
        ...more,
      });
      expect(body).not.toHaveProperty('error');
      expect(status).toBe(201);
      return { name, body };
    },
    render: async (name, body = {}) =>
      await send('POST', `/api/prompts/${encodeURIComponent(name)}/render`, body),
  };
}

export function completion(text: string, more: Body = {}): Body {
  return { type: 'completion', content: [{ type: 'text', text }], ...more };
}

/** The texts of a rendered completion. */
export function textsOf(template: unknown): string[] {
  const { content } = template as { content: { type: string; text: string }[] };
  return content.flatMap((block) => (block.type === 'text' ? [block.text] : []));
}

/** A model that a completion prompt runs on. */
export const imagesModel = {
  provider: 'openai',
  name: 'gpt-image-2',
  api_type: 'images',
  parameters: { size: '1024x1024' },
};
