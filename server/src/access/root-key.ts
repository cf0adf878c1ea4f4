import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashSecret, hintOf, newApiKey } from './hash-secret.ts';
import { saveRootKey } from './key-queries.ts';
import type { AccessDatabase } from './tables.ts';

export type RootKey = {
  /** The key itself, only on the start that made it: it is shown once. */
  readonly made: string | null;
  /** Where it is kept; null when it came from PICTOR_API_KEY. */
  readonly file: string | null;
};

/** Makes sure that there is a root key, and that the database knows its hash and nothing else. */
export async function prepareRootKey(
  database: AccessDatabase,
  options: { readonly dataDir: string; readonly apiKey: string | undefined },
): Promise<RootKey> {
  if (options.apiKey !== undefined) {
    await saveRootKey(database, { hash: hashSecret(options.apiKey), hint: hintOf(options.apiKey) });
    return { made: null, file: null };
  }
  const file = join(options.dataDir, 'api-key');
  const kept = await readKept(file);
  const key = kept ?? newApiKey();
  if (kept === null) await keep(file, key);
  await saveRootKey(database, { hash: hashSecret(key), hint: hintOf(key) });
  return { made: kept === null ? key : null, file };
}

async function readKept(file: string): Promise<string | null> {
  try {
    const key = (await readFile(file, 'utf8')).trim();
    return key === '' ? null : key;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Written beside and renamed, so that a killed start never leaves half a key. */
async function keep(file: string, key: string): Promise<void> {
  await mkdir(join(file, '..'), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  await writeFile(temporary, `${key}\n`, { mode: 0o600 });
  await rename(temporary, file);
}
