import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { SettingsError } from '../../foundation/index.ts';

/** The kinds of files with credentials that Google writes, as far as they are read here. */
const credentials = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('service_account'),
    project_id: z.string().optional(),
    quota_project_id: z.string().optional(),
    client_email: z.string(),
    private_key: z.string(),
    private_key_id: z.string().optional(),
    token_uri: z.string().optional(),
  }),
  z.looseObject({
    type: z.literal('authorized_user'),
    project_id: z.string().optional(),
    quota_project_id: z.string().optional(),
    client_id: z.string(),
    client_secret: z.string(),
    refresh_token: z.string(),
  }),
  /** Another cloud's identity, exchanged for one of Google's. */
  z.looseObject({
    type: z.literal('external_account'),
    project_id: z.string().optional(),
    quota_project_id: z.string().optional(),
  }),
]);

export type Credentials = z.infer<typeof credentials>;

/** Reads a file with credentials. Throws a SettingsError that names the setting and shows nothing of the file. */
export async function readCredentials(setting: string, path: string): Promise<Credentials> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    throw new SettingsError(`${setting} names a file that cannot be read: ${path}.`);
  }
  const parsed = credentials.safeParse(parse(text));
  if (parsed.success) return parsed.data;
  throw new SettingsError(
    `${setting} names a file that holds no Google credentials that Pictor knows. Use the JSON key of a service account, the configuration of a workload identity, or what 'gcloud auth application-default login' writes.`,
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
