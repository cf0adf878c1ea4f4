import { readText } from './read-text.ts';

/** Lists of models and errors are far smaller. */
const maxBytes = 4 * 1024 * 1024;

/** A small body as a value; null: it is no JSON. Throws what `body` throws. */
export async function readJson(body: AsyncIterable<Uint8Array>): Promise<unknown> {
  const text = await readText(body, maxBytes);
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
