import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SettingsError } from '../foundation/index.ts';
import { isMissing } from './is-missing.ts';

export type LinkVerdict = 'ok' | 'expired' | 'wrong';

/** Signs links that open one image without a key until they expire. */
export type LinkSigner = {
  /** The query string `expires=<seconds since 1970>&signature=<base64url>`, without a question mark. */
  readonly sign: (link: { readonly imageId: string; readonly expiresAt: Date }) => string;
  /** `expires` and `signature` exactly as they stand in the query. `wrong` goes before `expired`. */
  readonly verify: (link: {
    readonly imageId: string;
    readonly expires: string;
    readonly signature: string;
    readonly now: Date;
  }) => LinkVerdict;
};

const secretBytes = 32;

/**
 * Links are signed with HMAC-SHA-256 and the secret in `link-secret`, which is made on the first start. Deleting the
 * file makes all links that are out invalid. Throws a SettingsError when the file does not hold a secret.
 */
export async function openLinkSigner(options: { readonly dataDir: string }): Promise<LinkSigner> {
  const secret = await openSecret(options.dataDir);
  const signatureOf = (imageId: string, expires: string): string =>
    createHmac('sha256', secret).update(`image-link\n${imageId}\n${expires}`).digest('base64url');
  return {
    sign: ({ imageId, expiresAt }) => {
      const expires = String(Math.ceil(expiresAt.getTime() / 1000));
      return `expires=${expires}&signature=${signatureOf(imageId, expires)}`;
    },
    verify: ({ imageId, expires, signature, now }) => {
      if (!/^\d{1,12}$/.test(expires)) return 'wrong';
      if (!isSame(signatureOf(imageId, expires), signature)) return 'wrong';
      return now.getTime() < Number(expires) * 1000 ? 'ok' : 'expired';
    },
  };
}

/** Takes as long for a near miss as for a far one. */
function isSame(expected: string, given: string): boolean {
  const [left, right] = [Buffer.from(expected), Buffer.from(given)];
  return left.length === right.length && timingSafeEqual(left, right);
}

async function openSecret(dataDir: string): Promise<Buffer> {
  const path = join(dataDir, 'link-secret');
  const secret = (await readSecret(path)) ?? (await makeSecret(dataDir, path));
  if (secret.length !== secretBytes) {
    throw new SettingsError(
      `${path} does not hold a secret of ${secretBytes} bytes. Delete it and start again: a new one is made, and links signed so far stop working.`,
    );
  }
  return secret;
}

async function readSecret(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Written beside and linked, which fails where a file exists: of two starts at once, both use the first one's. */
async function makeSecret(dataDir: string, path: string): Promise<Buffer> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomBytes(8).toString('hex')}.tmp`;
  try {
    await writeSynced(temporary, randomBytes(secretBytes));
    await link(temporary, path).catch(async (error: NodeJS.ErrnoException) => {
      // Some file systems have no hard links; a rename is whole as well, only not safe against a second start.
      if (error.code !== 'EEXIST') await rename(temporary, path);
    });
  } finally {
    await rm(temporary, { force: true });
  }
  return await readFile(path);
}

async function writeSynced(path: string, bytes: Buffer): Promise<void> {
  await using handle = await open(path, 'wx', 0o600);
  await handle.writeFile(bytes);
  await handle.sync();
}
