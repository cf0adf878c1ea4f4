import { SettingsError } from '../../foundation/index.ts';
import type { ProviderEnvironment } from '../../models/index.ts';
import { checkHeader } from '../kit/read-settings.ts';
import { type AzureAddress, readAzureUrl } from './read-azure-url.ts';
import type { Deployment, Resource } from './resource.ts';
import { type ResourceSettings, resources } from './settings.ts';

/** Documented for images; used where an address belongs to the family of deployments and names no version. */
const defaultVersion = '2025-04-01-preview';

/** The resource of the variables, and those of pictor.yaml. Throws a SettingsError that names the setting at fault. */
export function readResources(environment: ProviderEnvironment, id: string): Resource[] {
  const listed = resources.parse(environment.settings ?? []);
  const federated = environment.variable('AZURE_FEDERATED_TOKEN_FILE') !== undefined;
  return [
    ...readVariables(environment, id, federated),
    ...listed.map((given) => fromSettings(given, federated)),
  ];
}

/** None: there is no address. Without a key, tokens of Entra are used. */
function readVariables({ variable }: ProviderEnvironment, name: string, federated: boolean): Resource[] {
  const endpoint = variable('AZURE_OPENAI_ENDPOINT');
  const baseUrl = variable('PICTOR_AZURE_BASE_URL');
  if (endpoint === undefined && baseUrl === undefined) return [];
  const key = variable('AZURE_OPENAI_API_KEY');
  const pasted = endpoint === undefined ? null : readAzureUrl('AZURE_OPENAI_ENDPOINT', endpoint);
  const moved = baseUrl === undefined ? null : readAzureUrl('PICTOR_AZURE_BASE_URL', baseUrl);
  const address = moved === null ? pasted : moveTo(moved, pasted);
  if (address === null) return [];
  const versionName = ['OPENAI_API_VERSION', 'AZURE_OPENAI_API_VERSION'].find(
    (each) => variable(each) !== undefined,
  );
  const from = {
    key:
      key === undefined
        ? 'AZURE_OPENAI_API_KEY, or AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET'
        : 'AZURE_OPENAI_API_KEY',
    address: baseUrl === undefined ? 'AZURE_OPENAI_ENDPOINT' : 'PICTOR_AZURE_BASE_URL',
    // Where the address names a version, no variable counts.
    version: hasVersion(moved)
      ? 'PICTOR_AZURE_BASE_URL'
      : hasVersion(pasted)
        ? 'AZURE_OPENAI_ENDPOINT'
        : (versionName ?? 'OPENAI_API_VERSION'),
    deployments: 'AZURE_OPENAI_DEPLOYMENTS',
  };
  const listed = ['AZURE_OPENAI_DEPLOYMENTS', 'AZURE_OPENAI_DEPLOYMENT'].flatMap((setting) =>
    readList(setting, variable(setting)),
  );
  return [
    {
      name,
      address,
      ...chooseFamily(address, versionName === undefined ? undefined : variable(versionName), from.version),
      credential:
        key === undefined
          ? {
              kind: 'entra',
              entra: {
                tenant_id: variable('AZURE_TENANT_ID'),
                client_id: variable('AZURE_CLIENT_ID'),
                client_secret: variable('AZURE_CLIENT_SECRET'),
                authority: variable('AZURE_AUTHORITY_HOST'),
              },
              federated,
            }
          : readKey(from.key, key),
      deployments: withPasted(listed, address),
      from,
    },
  ];
}

function fromSettings(given: ResourceSettings, federated: boolean): Resource {
  const place = `providers.azure (${given.name})`;
  const endpoint = `${place}.endpoint`;
  const address = readAzureUrl(endpoint, given.endpoint);
  const from = {
    key: given.api_key === undefined ? `${place}.entra` : `${place}.api_key`,
    address: endpoint,
    version: given.api_version === undefined && hasVersion(address) ? endpoint : `${place}.api_version`,
    deployments: `${place}.deployments`,
  };
  const deployments = Object.entries(given.deployments ?? {}).map(([name, known]) =>
    typeof known === 'string'
      ? { name, model: known, streaming: null }
      : { name, model: known.model, streaming: known.streaming ?? null },
  );
  return {
    name: given.name,
    address,
    ...chooseFamily(
      { ...address, apiVersion: given.api_version ?? address.apiVersion },
      undefined,
      from.version,
    ),
    credential:
      given.api_key === undefined
        ? { kind: 'entra', entra: given.entra ?? {}, federated }
        : readKey(from.key, given.api_key),
    deployments: withPasted(deployments, address),
    from,
  };
}

function hasVersion(address: AzureAddress | null): boolean {
  return address !== null && address.apiVersion !== null;
}

function readKey(setting: string, key: string): Resource['credential'] {
  checkHeader(setting, key);
  return { kind: 'key', key };
}

/** The same resource at another host: what the new address does not say is as it was pasted. */
function moveTo(address: AzureAddress, pasted: AzureAddress | null): AzureAddress {
  if (pasted === null) return address;
  return {
    ...pasted,
    root: address.root,
    v1Path: address.v1Path,
    deployment: address.deployment ?? pasted.deployment,
    apiVersion: address.apiVersion ?? pasted.apiVersion,
    family: address.family ?? pasted.family,
  };
}

/**
 * The family of routes that the address belongs to; where it is the host alone, a dated version means deployments. The v1
 * routes know no dated versions: one that a variable sets for other programs is not sent there.
 */
function chooseFamily(
  address: AzureAddress,
  version: string | undefined,
  setting: string,
): Pick<Resource, 'family' | 'apiVersion'> {
  const asked = address.apiVersion ?? version ?? null;
  if (asked !== null && !/^[\w.-]+$/.test(asked)) {
    throw new SettingsError(`${setting} must be a version of Azure's API, such as ${defaultVersion}.`);
  }
  const isDated = asked !== null && /^\d{4}-\d{2}-\d{2}/.test(asked);
  const family = address.family ?? (isDated ? 'deployments' : 'v1');
  if (family === 'v1') return { family, apiVersion: isDated ? null : asked };
  return { family, apiVersion: isDated ? asked : defaultVersion };
}

/** `my-images=gpt-image-2, gpt-image-1.5`. */
function readList(setting: string, text: string | undefined): Deployment[] {
  const items = (text ?? '').split(',').map((item) => item.trim());
  return items
    .filter((item) => item !== '')
    .map((item) => {
      const [name = '', model, ...rest] = item.split('=').map((part) => part.trim());
      if (name === '' || model === '' || rest.length > 0) {
        throw new SettingsError(
          `${setting} must list deployments with their models, such as my-images=gpt-image-2,other=gpt-image-1.5.`,
        );
      }
      return { name, model: model ?? guessModel(name), streaming: null };
    });
}

/** The deployment of the address, where the list does not have it. */
function withPasted(listed: readonly Deployment[], { deployment }: AzureAddress): readonly Deployment[] {
  if (deployment === null || listed.some(({ name }) => name === deployment)) return listed;
  return [...listed, { name: deployment, model: guessModel(deployment), streaming: null }];
}

const imageModel = /gpt-image-\d+(?:\.\d+)?(?:-(?:mini|sunburst|flare))?(?:-\d{4}-\d{2}-\d{2})?|dall-e-[23]/i;
const textModel = /^(?:gpt-\d[\w.-]*|o\d[\w.-]*)$/i;

/** The model whose name a deployment's name holds: `gpt-image-2` in `prod-gpt-image-2`. Null: it holds none. */
function guessModel(name: string): string | null {
  return (imageModel.exec(name) ?? textModel.exec(name))?.[0].toLowerCase() ?? null;
}
