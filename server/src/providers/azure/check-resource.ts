import { type Finding, ProviderError } from '../../models/index.ts';
import { isRecord, readErrorBody } from '../kit/read-error-body.ts';
import { readJson } from '../kit/read-json.ts';
import type { AzureService } from './open-access.ts';
import type { Deployment, Resource } from './resource.ts';
import { toUrl } from './to-url.ts';

type Answer = { readonly status: number; readonly body: unknown };

/** The last version whose data plane lists deployments. It is asked for that alone. */
const listVersion = '2022-12-01';

/**
 * Looks at address, key or token, version and deployments, by lists that cost nothing. Both families list the models that
 * the resource may deploy, which tries everything but the deployments. Those have a list of their own only in an old
 * version that a resource may no longer serve: then nothing is said about them rather than a picture paid.
 */
export async function checkResource(checked: AzureService, signal: AbortSignal): Promise<Finding[]> {
  const { resource } = checked;
  let headers: Readonly<Record<string, string>>;
  try {
    headers = await checked.access.headers();
  } catch (error) {
    return [finding('key', 'fails', told(error))];
  }
  try {
    const models = await get(checked, toUrl(resource, '/models'), headers, signal);
    const findings = readModels(resource, models);
    if (findings.some(({ status }) => status !== 'works')) return findings;
    return [...findings, ...(await checkDeployments(checked, headers, signal))];
  } catch (error) {
    return [
      finding('address', 'fails', `${told(error)} See ${resource.from.address}.`),
      finding('key', 'unknown', 'Nothing can be said before the address works.'),
    ];
  }
}

async function get(
  { caller }: AzureService,
  url: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Answer> {
  const reply = await caller.call({ url, headers, signal });
  try {
    return { status: reply.status, body: await readJson(reply.body) };
  } finally {
    reply.close();
  }
}

function readModels(resource: Resource, { status, body }: Answer): Finding[] {
  const { from, address, credential } = resource;
  const answers = finding('address', 'works', `${address.root} answers.`);
  const secret = credential.kind === 'key' ? 'key' : 'token';
  if (status === 200 && isList(body)) {
    const accepted = `The ${secret} is accepted.`;
    return [
      answers,
      finding('key', 'works', accepted),
      finding('version', 'works', toVersionSentence(resource)),
    ];
  }
  if (status === 401 || status === 403) {
    const why =
      status === 401 ? `does not accept the ${secret}` : `accepts the ${secret} but does not let it in`;
    return [answers, finding('key', 'fails', `Azure ${why} (status ${status}). See ${from.key}.`)];
  }
  const message = readErrorBody(body)?.message ?? '';
  if ((status === 400 || status === 404) && /api[ -]?version/i.test(message)) {
    const named =
      resource.apiVersion === null
        ? 'A call without an api-version'
        : `The api-version ${resource.apiVersion}`;
    return [
      answers,
      finding('key', 'unknown', `Nothing can be said about the ${secret}.`),
      finding('version', 'fails', `${named} is not served (status ${status}). See ${from.version}.`),
    ];
  }
  const passing = status === 429 || status >= 500;
  const what = status === 200 ? 'with something that is no list of models' : `with status ${status}`;
  return [
    finding(
      'address',
      passing ? 'unknown' : 'fails',
      `${address.root} answers ${what}. See ${from.address}.`,
    ),
    finding('key', 'unknown', `Nothing can be said about the ${secret}.`),
  ];
}

function toVersionSentence({ family, apiVersion }: Resource): string {
  if (apiVersion !== null) return `The api-version ${apiVersion} is served.`;
  return family === 'v1' ? 'The v1 routes need no api-version.' : 'No api-version is needed.';
}

async function checkDeployments(
  checked: AzureService,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Finding[]> {
  const { resource } = checked;
  const url = `${resource.address.root}/openai/deployments?api-version=${listVersion}`;
  const { status, body } = await get(checked, url, headers, signal).catch(() => ({ status: 0, body: null }));
  const listed = status === 200 && isList(body) ? readListed(body.data) : null;
  if (listed === null) {
    const message = `Azure does not list the deployments of this resource here (status ${status}), so they can be tried by a picture only. See ${resource.from.deployments}.`;
    return [finding('deployment', 'unknown', message)];
  }
  if (resource.deployments.length === 0) return [toOverview(resource, listed)];
  return resource.deployments.map((deployment) => toFinding(resource, deployment, listed));
}

/** Name of each deployment → its model. */
function readListed(data: readonly unknown[]): ReadonlyMap<string, string> {
  const entries = data.filter(isRecord).flatMap(({ id, model }) => {
    const known = typeof id === 'string' && typeof model === 'string';
    return known ? [[id, model] as const] : [];
  });
  return new Map(entries);
}

/** Nothing was said about deployments, so each is called by its model's name. */
function toOverview({ from }: Resource, listed: ReadonlyMap<string, string>): Finding {
  const named = [...listed].filter(([name]) => /^gpt-image-/.test(name)).map(([name]) => name);
  return named.length > 0
    ? finding('deployment', 'works', `Deployments named like image models: ${named.join(', ')}.`)
    : finding(
        'deployment',
        'fails',
        `No deployment of this resource is named like an image model. List yours in ${from.deployments}.`,
      );
}

function toFinding(
  { from }: Resource,
  { name, model }: Deployment,
  listed: ReadonlyMap<string, string>,
): Finding {
  const real = listed.get(name);
  if (real === undefined) {
    return finding('deployment', 'fails', `There is no deployment '${name}'. See ${from.deployments}.`);
  }
  if (model !== null && !isSameModel(real, model)) {
    return finding(
      'deployment',
      'fails',
      `The deployment '${name}' is of ${real}, not of ${model}. See ${from.deployments}.`,
    );
  }
  return finding('deployment', 'works', `The deployment '${name}' is of ${real}.`);
}

/** Azure names a model with or without the date of its snapshot. */
function isSameModel(one: string, other: string): boolean {
  const plain = (name: string) => name.toLowerCase().replace(/-\d{4}-\d{2}-\d{2}$/, '');
  return plain(one) === plain(other);
}

function isList(body: unknown): body is { readonly data: readonly unknown[] } {
  return isRecord(body) && Array.isArray(body.data);
}

function finding(part: Finding['part'], status: Finding['status'], message: string): Finding {
  return { part, status, message };
}

function told(error: unknown): string {
  return error instanceof ProviderError ? error.message : 'The call failed.';
}
