import { join } from 'node:path';
import { SettingsError } from '../../foundation/index.ts';
import type { OpenProvider, Provider, ProviderEnvironment } from '../../models/index.ts';
import { openGoogleModel } from '../kit/google/image-model.ts';
import { servesGoogle } from '../kit/google/serves-google.ts';
import type { GoogleUpstream } from '../kit/google/upstream.ts';
import { openCaller } from '../kit/open-caller.ts';
import { checkHeader, readBaseUrl } from '../kit/read-settings.ts';
import { checkVertex } from './check-vertex.ts';
import { openTokens } from './open-tokens.ts';
import { readCredentials } from './read-credentials.ts';
import { type Account, accounts } from './settings.ts';
import { checkProject, modelsPath, originOf } from './to-address.ts';

const defaultLocation = 'global';
const checkedModel = 'gemini-3-pro-image';

/** Vertex AI with the operator's project or express key: those of the environment, and those of pictor.yaml. */
export const provider: Provider = {
  id: 'vertex',
  title: 'Vertex AI',
  order: 40,
  vendors: ['google'],
  prefixes: ['vertex', 'google'],
  external: true,
  variables: [
    { name: 'GOOGLE_CLOUD_PROJECT', purpose: 'Project on Vertex AI that is billed', secret: false },
    {
      name: 'GOOGLE_CLOUD_LOCATION',
      purpose: `Region on Vertex AI, us, eu or global; default ${defaultLocation}`,
      secret: false,
    },
    {
      name: 'GOOGLE_APPLICATION_CREDENTIALS',
      purpose: 'Path of the JSON key of a service account; else those of gcloud or of the machine are used',
      secret: false,
    },
    {
      name: 'VERTEX_API_KEY',
      purpose:
        'Key of express mode, in place of a project and credentials; GOOGLE_API_KEY beside GOOGLE_GENAI_USE_VERTEXAI=true means the same',
      secret: true,
    },
    {
      name: 'PICTOR_VERTEX_BASE_URL',
      purpose: 'Origin of Vertex AI, without a version; by default that of the location',
      secret: false,
    },
  ],
  settings: accounts,
  models: [],
  prices: [],
  proven: {
    live: null,
    wire: 'Vertex AI v1beta1 by @google/genai 3.1.0 and the image generation guide, 2026-11',
  },
  open: async (environment) => {
    const listed = accounts.parse(environment.settings ?? []);
    const known = [
      ...readVariables(environment),
      ...listed.map((each) => ({ ...each, from: yamlNames(each) })),
    ];
    const cells: OpenProvider[] = [];
    for (const account of known) cells.push(await openAccount(account, environment.dataDir));
    return cells;
  },
};

/** An account, with the names under which its operator finds its settings. */
type NamedAccount = Account & {
  readonly from: Readonly<Record<'key' | 'credentials' | 'project' | 'location' | 'address', string>>;
};

function yamlNames({ name }: Account): NamedAccount['from'] {
  const place = `providers.vertex (${name})`;
  return {
    key: `${place}.api_key`,
    credentials: `${place}.credentials_file`,
    project: `${place}.project`,
    location: `${place}.location`,
    address: `${place}.base_url`,
  };
}

/** The account of the environment variables; empty: none of them is set. A project counts before a general key. */
function readVariables({ variable }: ProviderEnvironment): NamedAccount[] {
  const project = variable('GOOGLE_CLOUD_PROJECT');
  const credentialsFile = variable('GOOGLE_APPLICATION_CREDENTIALS');
  const hasProject = project !== undefined || credentialsFile !== undefined;
  const isOfVertex = /^(1|true)$/i.test(variable('GOOGLE_GENAI_USE_VERTEXAI') ?? '');
  const general = isOfVertex && !hasProject ? variable('GOOGLE_API_KEY') : undefined;
  const key = variable('VERTEX_API_KEY') ?? general;
  if (key === undefined && !hasProject) return [];
  return [
    {
      name: provider.id,
      api_key: key,
      project,
      location: variable('GOOGLE_CLOUD_LOCATION'),
      credentials_file: credentialsFile,
      base_url: variable('PICTOR_VERTEX_BASE_URL'),
      from: {
        key: general === undefined ? 'VERTEX_API_KEY' : 'GOOGLE_API_KEY',
        credentials: 'GOOGLE_APPLICATION_CREDENTIALS',
        project: 'GOOGLE_CLOUD_PROJECT',
        location: 'GOOGLE_CLOUD_LOCATION',
        address: 'PICTOR_VERTEX_BASE_URL',
      },
    },
  ];
}

async function openAccount(account: NamedAccount, dataDir: string): Promise<OpenProvider> {
  const { from } = account;
  const location = account.location ?? defaultLocation;
  const origin = originOf(from.location, location);
  const baseUrl = readBaseUrl(from.address, account.base_url ?? origin, origin);
  const access = await openAccess(account);
  const path = modelsPath(access.project === null ? null : { project: access.project, location });
  const caller = openCaller(account.name);
  const upstream: GoogleUpstream = {
    provider: account.name,
    platform: 'vertex',
    caller,
    toUrl: (model, method) => `${baseUrl}${path}/${encodeURIComponent(model)}:${method}`,
    headers: access.headers,
    secrets: access.secrets,
    settings: { key: access.setting, address: from.address },
    safetySettings: account.safety_settings ?? [],
    ...(account.person_generation === undefined ? {} : { personGeneration: account.person_generation }),
    holdFolder: join(dataDir, 'images', 'tmp'),
  };
  const model = openGoogleModel(upstream);
  const place = access.project === null ? null : `project ${access.project} in ${location}`;
  return {
    name: account.name,
    models: [],
    prices: [],
    aliases: {},
    imageModel: (row, endpoint) => (servesGoogle(account.models, row, endpoint) ? model : null),
    check: (signal) =>
      checkVertex(upstream, { model: account.models?.[0] ?? checkedModel, place, baseUrl }, signal),
    close: caller.close,
  };
}

type Access = {
  /** Null in express mode, where the key says whose it is. */
  readonly project: string | null;
  readonly headers: GoogleUpstream['headers'];
  readonly secrets: readonly string[];
  readonly setting: string;
};

/** A key of express mode, or tokens for a project. Throws a SettingsError. */
async function openAccess(account: NamedAccount): Promise<Access> {
  const { from, name, api_key: key, credentials_file: file } = account;
  if (key !== undefined) {
    checkHeader(from.key, key);
    const headers = { 'x-goog-api-key': key };
    return { project: null, headers: async () => headers, secrets: [key], setting: from.key };
  }
  const credentials = file === undefined ? null : await readCredentials(from.credentials, file);
  const project = account.project ?? credentials?.project_id ?? credentials?.quota_project_id;
  if (project === undefined) {
    throw new SettingsError(
      `${from.project} must name the project that is billed: the credentials name none.`,
    );
  }
  checkProject(from.project, project);
  const setting = file === undefined ? from.project : from.credentials;
  return { project, headers: openTokens(name, credentials, setting), secrets: [project], setting };
}
