import { checkOpenAiRequest } from './openai-rules.ts';
import type { ReadRequest } from './read-upstream-request.ts';
import { listOf, type Wire } from './responses-rules.ts';

/** What a resource is. */
export type AzureSite = {
  readonly key: string;
  readonly tokens: readonly string[];
  /** Name of each deployment → its model. */
  readonly deployments: Readonly<Record<string, string>>;
  /** Whether the old list of deployments is still served. */
  readonly listsDeployments: boolean;
};

export type AzureVerdict =
  | { readonly type: 'refused'; readonly status: number; readonly error: Readonly<Record<string, unknown>> }
  | { readonly type: 'list'; readonly data: readonly unknown[] }
  /** A conversation, as OpenAI would get it. */
  | { readonly type: 'led'; readonly body: Wire }
  /** The same request as OpenAI would get it. */
  | { readonly type: 'drawn'; readonly request: ReadRequest };

const imageVersions: readonly string[] = ['2025-04-01-preview', '2025-03-01-preview'];
const listVersion = '2022-12-01';

type Place = {
  readonly family: 'v1' | 'deployments';
  /** `/images/edits`, `/models`, … */
  readonly route: string;
  readonly deployment: string | null;
};

/** What the service would do with a request. */
export function checkAzureRequest(request: ReadRequest, site: AzureSite): AzureVerdict {
  const url = new URL(request.path, 'http://upstream');
  const version = url.searchParams.get('api-version');
  const place = readPlace(url.pathname);
  if (place === null) return refuse(404, '404', 'Resource not found');
  return (
    checkAccess(request, site) ??
    checkVersion(place, version) ??
    serveLists(request, place, site) ??
    serveResponses(request, place, site) ??
    checkImages(request, place, site)
  );
}

function readPlace(path: string): Place | null {
  const v1 = /^\/openai\/v1(\/images\/(?:generations|edits)|\/models|\/responses)$/.exec(path)?.[1];
  if (v1 !== undefined) return { family: 'v1', route: v1, deployment: null };
  const [, name, route] =
    /^\/openai\/deployments\/([^/]+)(\/images\/(?:generations|edits))$/.exec(path) ?? [];
  if (name !== undefined && route !== undefined) {
    return { family: 'deployments', route, deployment: decodeURIComponent(name) };
  }
  const list = /^\/openai(\/models|\/deployments|\/responses)$/.exec(path)?.[1];
  return list === undefined ? null : { family: 'deployments', route: list, deployment: null };
}

/** Exactly one of key and token, and a right one. */
function checkAccess({ headers }: ReadRequest, site: AzureSite): AzureVerdict | null {
  const { 'api-key': key, authorization } = headers;
  if (key !== undefined && authorization !== undefined)
    return refuse(400, 'BadRequest', 'Two ways to sign in.');
  if (authorization !== undefined) {
    return site.tokens.some((token) => authorization === `Bearer ${token}`)
      ? null
      : refuse(
          401,
          'Unauthorized',
          'Unauthorized. Access token is missing, invalid, audience is incorrect (https://cognitiveservices.azure.com), or have expired.',
        );
  }
  return key === site.key
    ? null
    : refuse(
        401,
        '401',
        'Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.',
      );
}

/** The v1 routes need none and know no dates; the others need one that they know. */
function checkVersion({ family, route }: Place, version: string | null): AzureVerdict | null {
  if (family === 'v1') {
    const isKnown = version === null || version === 'preview' || version === 'latest' || version === 'v1';
    return isKnown ? null : refuse(400, 'BadRequest', 'API version not supported');
  }
  if (version === null) return refuse(404, '404', 'Resource not found');
  const known = route === '/deployments' ? [listVersion] : imageVersions;
  return known.includes(version) ? null : refuse(400, 'BadRequest', 'API version not supported');
}

function serveLists(request: ReadRequest, { route }: Place, site: AzureSite): AzureVerdict | null {
  if (route.startsWith('/images') || route === '/responses') {
    return request.method === 'POST' ? null : refuse(405, '405', 'Method not allowed');
  }
  if (request.method !== 'GET') return refuse(405, '405', 'Method not allowed');
  if (route === '/models') return { type: 'list', data: [{ id: 'gpt-image-2', object: 'model' }] };
  if (!site.listsDeployments) return refuse(404, '404', 'Resource not found');
  const data = Object.entries(site.deployments).map(([id, model]) => ({ id, model, status: 'succeeded' }));
  return { type: 'list', data };
}

/** The deployment that draws is named by a header, and nothing streams while the tool is there. */
function serveResponses(request: ReadRequest, { route }: Place, site: AzureSite): AzureVerdict | null {
  if (route !== '/responses') return null;
  const body: Wire = Object.fromEntries(request.fields);
  const leader = deployed(site, String(body.model));
  if (leader === undefined) return noDeployment;
  const facts = { type: 'image_generation_user_error', param: 'tools' };
  if (listOf(body.tools).some(({ type }) => type === 'image_generation')) {
    const painter = request.headers['x-ms-oai-image-generation-deployment'];
    if (typeof painter !== 'string') {
      return refuse(400, null, 'imagegen deployment must be provided through header.', facts);
    }
    if (deployed(site, painter) === undefined) return noDeployment;
    if (body.stream === true) {
      return refuse(400, null, 'ImageGen as a tool is not supported in streaming mode.', facts);
    }
  }
  return { type: 'led', body: { ...body, model: leader } };
}

function deployed(site: AzureSite, name: string): string | undefined {
  return Object.hasOwn(site.deployments, name) ? site.deployments[name] : undefined;
}

function checkImages(request: ReadRequest, place: Place, site: AzureSite): AzureVerdict {
  const asked = new Map(request.fields);
  const model = deployed(site, place.deployment ?? String(asked.get('model') ?? ''));
  if (model === undefined) return noDeployment;
  const wrong = checkDifferences(request, asked);
  if (wrong !== null) return wrong;
  const asOpenAi: ReadRequest = {
    ...request,
    path: `/v1${place.route}`,
    headers: { ...request.headers, authorization: 'Bearer same' },
    fields: [['model', model], ...request.fields.filter(([field]) => field !== 'model')],
  };
  const refusal = checkOpenAiRequest(asOpenAi, 'same');
  if (refusal === null) return { type: 'drawn', request: asOpenAi };
  const { status, code, message, param, type } = refusal;
  return refuse(status, code, message, { param: param ?? null, type: type ?? 'invalid_request_error' });
}

/** What OpenAI takes and Azure does not. */
function checkDifferences(request: ReadRequest, asked: ReadonlyMap<string, unknown>): AzureVerdict | null {
  const facts = (param: string) => ({ param, type: 'invalid_request_error' });
  if (asked.has('safety_identifier')) {
    const message = "Unknown parameter: 'safety_identifier'.";
    return refuse(400, 'unknown_parameter', message, facts('safety_identifier'));
  }
  for (const [name, value] of [
    ['output_format', 'webp'],
    ['quality', 'auto'],
  ] as const) {
    if (asked.get(name) === value)
      return refuse(400, 'invalid_value', `Invalid value: '${value}'.`, facts(name));
  }
  const isWebp = request.files.some(({ contentType }) => contentType === 'image/webp');
  return isWebp ? refuse(400, 'invalid_image_format', 'Only PNG and JPG.', facts('image')) : null;
}

function refuse(
  status: number,
  code: string | null,
  message: string,
  facts: Readonly<Record<string, unknown>> = {},
): AzureVerdict {
  return { type: 'refused', status, error: { code, message, ...facts } };
}

const noDeployment = refuse(
  404,
  'DeploymentNotFound',
  'The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again.',
);
