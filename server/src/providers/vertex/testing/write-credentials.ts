import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { googleProject } from '../../../../tests/upstreams/google-upstream.ts';

/** The JSON key of a service account whose tokens come from `origin`, in a folder of its own. */
export async function writeCredentials(
  origin: string,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<{ readonly path: string; readonly remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'pictor-credentials-'));
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const credentials = {
    type: 'service_account',
    project_id: googleProject,
    private_key_id: '0123456789abcdef',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    client_email: `painter@${googleProject}.iam.gserviceaccount.com`,
    client_id: '1',
    token_uri: `${origin}/token`,
    ...changes,
  };
  const path = join(folder, 'credentials.json');
  await writeFile(path, JSON.stringify(credentials), { mode: 0o600 });
  return { path, remove: () => rm(folder, { recursive: true, force: true }) };
}
