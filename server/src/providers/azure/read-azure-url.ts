import { SettingsError } from '../../foundation/index.ts';

/** Which of Azure's clouds an address belongs to: each has its own sign-in and its own scopes. */
export type Cloud = 'public' | 'government' | 'china';

/** What an address of Azure says, whatever page or sample it was copied from. */
export type AzureAddress = {
  /** Scheme, host and what a gateway puts before `/openai`, without a slash at its end. */
  readonly root: string;
  /** Behind `root`, where the v1 routes begin: `/openai/v1`, unless the address says otherwise. */
  readonly v1Path: string;
  /** The resource's name, where the host shows it. */
  readonly resource: string | null;
  /** The project of Azure AI Foundry that the address named. */
  readonly project: string | null;
  /** The deployment that the address named, unless it is for chat and the like. */
  readonly deployment: string | null;
  /** The api-version that the address named. */
  readonly apiVersion: string | null;
  /** Which family of addresses it belongs to; null: it does not say. */
  readonly family: 'v1' | 'deployments' | null;
  readonly cloud: Cloud;
  /** True for hosts of Azure AI Foundry, whose tokens have a scope of their own. */
  readonly foundry: boolean;
};

/** Endings of Azure's own hosts; the resource's name stands before them. */
const hosts: readonly { readonly ending: string; readonly cloud: Cloud; readonly foundry: boolean }[] = [
  { ending: '.openai.azure.com', cloud: 'public', foundry: false },
  { ending: '.cognitiveservices.azure.com', cloud: 'public', foundry: false },
  { ending: '.services.ai.azure.com', cloud: 'public', foundry: true },
  { ending: '.openai.azure.us', cloud: 'government', foundry: false },
  { ending: '.cognitiveservices.azure.us', cloud: 'government', foundry: false },
  { ending: '.services.ai.azure.us', cloud: 'government', foundry: true },
  { ending: '.openai.azure.cn', cloud: 'china', foundry: false },
  { ending: '.cognitiveservices.azure.cn', cloud: 'china', foundry: false },
  { ending: '.services.ai.azure.cn', cloud: 'china', foundry: true },
];

/** Addresses of a region rather than of a resource. */
const regionalHost = /\.api\.cognitive\.microsoft\.(com|us)$|\.api\.cognitive\.azure\.cn$/;

/** Pages for people. Their addresses name the resource, and no API answers there. */
const portalHosts: readonly string[] = [
  'ai.azure.com',
  'oai.azure.com',
  'portal.azure.com',
  'ai.azure.us',
  'portal.azure.us',
  'portal.azure.cn',
];

/**
 * Takes apart any address that Azure shows for a resource: of the host alone, of either family of routes with or without
 * an operation, of a Foundry project, of a page of the portal; behind a gateway or on another host as well. Throws a
 * SettingsError that names `setting` and does not repeat what a query string may hold.
 */
export function readAzureUrl(setting: string, text: string): AzureAddress {
  const url = parse(setting, text);
  if (portalHosts.includes(url.hostname)) return readPortal(setting, url);
  const host = readHost(url.hostname);
  const path = readPath(url.pathname, host.isAzure);
  const apiVersion = readVersion(url);
  // Azure itself never answers without encryption, and a key must not go there without it.
  const scheme = host.isAzure ? 'https:' : url.protocol;
  const { isAzure: _isAzure, ...facts } = host;
  return { ...facts, ...path, apiVersion, root: `${scheme}//${url.host}${path.root}` };
}

function parse(setting: string, text: string): URL {
  const trimmed = text.trim().replaceAll(/^["'<]+|["'>]+$/g, '');
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
  const url = URL.canParse(full) ? new URL(full) : null;
  const isWeb = url !== null && ['http:', 'https:'].includes(url.protocol);
  const isHost = full === trimmed || (url !== null && looksLikeHost(url));
  if (url === null || !isWeb || url.username !== '' || url.password !== '' || !isHost) {
    throw new SettingsError(
      `${setting} must be an address of Azure OpenAI, such as https://my-resource.openai.azure.com.`,
    );
  }
  return url;
}

/** A word alone is a resource's name or a slip, and which one cannot be told. */
function looksLikeHost({ hostname, port }: URL): boolean {
  return hostname.includes('.') || hostname.startsWith('[') || hostname === 'localhost' || port !== '';
}

type Host = Pick<AzureAddress, 'resource' | 'cloud' | 'foundry'> & { readonly isAzure: boolean };

function readHost(hostname: string): Host {
  const known = hosts.find(({ ending }) => hostname.endsWith(ending));
  if (known !== undefined) {
    const resource = hostname.slice(0, -known.ending.length).replace(/\.privatelink$/, '');
    return { resource, cloud: known.cloud, foundry: known.foundry, isAzure: true };
  }
  const isAzure = regionalHost.test(hostname);
  const cloud = hostname.endsWith('.us') ? 'government' : hostname.endsWith('.cn') ? 'china' : 'public';
  return { resource: null, cloud: isAzure ? cloud : 'public', foundry: false, isAzure };
}

type Path = Pick<AzureAddress, 'root' | 'v1Path' | 'project' | 'deployment' | 'family'>;

/** Everything before `openai` is a gateway's own, but for the name of a project. */
function readPath(pathname: string, isAzure: boolean): Path {
  const parts = pathname.split('/').filter((part) => part !== '');
  const projectAt = parts.findIndex((part, index) => part === 'projects' && parts[index - 1] === 'api');
  const project = projectAt < 0 ? null : decode(parts[projectAt + 1]);
  const openaiAt = parts.indexOf('openai');
  const before = openaiAt < 0 ? parts : parts.slice(0, openaiAt);
  const gateway = projectAt < 0 ? before : before.slice(0, projectAt - 1);
  const facts = { root: isAzure ? '' : toPath(gateway), v1Path: '/openai/v1', project };
  if (openaiAt >= 0) return { ...facts, ...readRoute(parts.slice(openaiAt + 1)) };
  return isAzure || projectAt >= 0
    ? { ...facts, deployment: null, family: null }
    : { ...facts, ...readBareRoute(parts) };
}

/** Operations of deployments that draw nothing. */
const otherOperations: readonly string[] = ['chat', 'completions', 'embeddings', 'audio'];

/** What stands behind `openai`. A deployment in an address for words is none that could draw. */
function readRoute([first, second, third = '']: readonly string[]): Pick<Path, 'deployment' | 'family'> {
  if (first === 'v1') return { deployment: null, family: 'v1' };
  if (first === 'deployments') {
    const deployment = otherOperations.includes(third) ? null : decode(second);
    return { deployment, family: 'deployments' };
  }
  const isOperation = ['images', 'responses', 'models'].includes(first?.split(':')[0] ?? '');
  return { deployment: null, family: isOperation ? 'deployments' : null };
}

/** A gateway that hides the word `openai`: its v1 routes begin at its own `/v1`. */
function readBareRoute(parts: readonly string[]): Pick<Path, 'root' | 'v1Path' | 'deployment' | 'family'> {
  const v1At = parts.indexOf('v1');
  if (v1At >= 0) {
    return { root: toPath(parts.slice(0, v1At)), v1Path: '/v1', deployment: null, family: 'v1' };
  }
  return { root: toPath(parts), v1Path: '/openai/v1', deployment: null, family: null };
}

function toPath(parts: readonly string[]): string {
  return parts.map((part) => `/${part}`).join('');
}

function decode(part: string | undefined): string | null {
  if (part === undefined || part === '') return null;
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Query names are copied in every spelling. */
function readVersion(url: URL): string | null {
  const found = [...url.searchParams].find(([name]) =>
    ['api-version', 'api_version', 'apiversion'].includes(name.toLowerCase()),
  );
  const version = found?.[1].trim() ?? '';
  return version === '' ? null : version;
}

/** A page of the portal names the resource by its path in Azure: `…/accounts/my-resource/…`. */
function readPortal(setting: string, url: URL): AzureAddress {
  const resource = /\/accounts\/([a-z0-9][a-z0-9-]*)/i.exec(decode(url.href) ?? '')?.[1];
  if (resource === undefined) {
    throw new SettingsError(
      `${setting} is the address of a page at ${url.hostname} that does not name the resource. Use the endpoint shown under "Keys and Endpoint", such as https://my-resource.openai.azure.com.`,
    );
  }
  const cloud = url.hostname.endsWith('.us')
    ? 'government'
    : url.hostname.endsWith('.cn')
      ? 'china'
      : 'public';
  const ending = { public: 'com', government: 'us', china: 'cn' }[cloud];
  return {
    root: `https://${resource.toLowerCase()}.openai.azure.${ending}`,
    v1Path: '/openai/v1',
    resource: resource.toLowerCase(),
    project: null,
    deployment: null,
    apiVersion: null,
    family: null,
    cloud,
    foundry: false,
  };
}
