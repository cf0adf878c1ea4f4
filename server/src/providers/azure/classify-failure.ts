import { isThreat } from '../kit/openai-images/classify-failure.ts';
import type { Verdict } from '../kit/openai-images/upstream.ts';
import type { ErrorBody } from '../kit/read-error-body.ts';
import type { Resource } from './resource.ts';

/** What of the settings a failure may be about. */
export type Called = Pick<Resource, 'from' | 'apiVersion'> & { readonly deployment: string };

const blocked =
  /\b(resource|account|subscription)\b.{0,60}\b(blocked|suspended|disabled|deactivated|terminated|inactive)\b|\binactive subscription\b/is;
const version = /api[ -]?version/i;
const versionRefused = /not supported|unsupported|invalid|missing|required|does not exist|not found/i;
const noDeployment =
  /deployment.{0,60}(does not exist|not found|could not be found)|unknown (model|deployment)/is;
const wrongModel = /operation does not work with the specified model/i;
const overloaded = /no capacity|overloaded|high demand|temporarily unable to process/i;
const monthGone = /out of call volume quota|quota will be replenished/i;

/**
 * Failures that only Azure has. A blocked resource comes before everything else: it is worded like a refusal of content, and
 * is none. Undefined: it means what it means everywhere.
 */
export function classifyAzureFailure(
  status: number,
  error: ErrorBody | null,
  called: Called,
): Verdict | undefined {
  if (error === null || status >= 500) return undefined;
  const { code = '', message = '' } = error;
  if (isBlock(status, error)) return { kind: 'blocked-account' };
  if (status === 401 || status === 403) return forbidden(code, message, called);
  if (status === 429) return limited(code, message);
  // Where a parameter is blamed, the call was at the right place.
  const isPlaced = error.param !== undefined && code !== 'DeploymentNotFound' && code !== 'model_not_found';
  if (!isPlaced && (status === 400 || status === 404)) return misdirected(status, code, message, called);
  return undefined;
}

/** The filter's own code, or what it filtered, is about one request, whatever words stand beside it. */
function isBlock(status: number, { code = '', message = '', moderation }: ErrorBody): boolean {
  const isFilter = moderation !== undefined || (status === 400 && /^content_?filter$/i.test(code));
  return [400, 401, 403, 429].includes(status) && !isFilter && !isThreat(message) && blocked.test(message);
}

function forbidden(code: string, message: string, { from }: Called): Verdict | undefined {
  if (monthGone.test(message)) return { kind: 'quota' };
  const told = (sentence: string): Verdict => ({ kind: 'unauthorised', message: sentence });
  if (
    code === 'PermissionDenied' ||
    /principal does not have access|lacks the required data action/i.test(message)
  ) {
    return told(
      `Azure knows who calls but does not let them draw: give them the role "Cognitive Services OpenAI User". See ${from.key}.`,
    );
  }
  if (code === 'AuthenticationTypeDisabled' || /key.{0,20}authentication is disabled/i.test(message)) {
    return told(`Azure takes no keys for this resource: use Entra in place of ${from.key}.`);
  }
  if (/virtual network|firewall|private endpoint|public access/i.test(message)) {
    return told(
      `Azure lets nobody in from this network. See the networking of the resource in ${from.address}.`,
    );
  }
  if (/invalid subscription key|wrong API endpoint/i.test(message)) {
    return told(`Azure does not accept the key in ${from.key} at the address in ${from.address}.`);
  }
  return undefined;
}

function limited(code: string, message: string): Verdict | undefined {
  if (monthGone.test(message)) return { kind: 'quota' };
  const isOverloaded = code === 'NoCapacity' || code === 'EngineOverloaded' || overloaded.test(message);
  return isOverloaded
    ? { kind: 'unavailable', message: 'Azure has no capacity for this deployment at the moment.' }
    : undefined;
}

/** Wrong paths: a deployment, a version or an address that is not there. */
function misdirected(status: number, code: string, message: string, called: Called): Verdict | undefined {
  const { from, deployment } = called;
  const told = (sentence: string): Verdict => ({ kind: 'unauthorised', message: sentence });
  const isVersion = version.test(message) && versionRefused.test(message);
  if (isVersion || code === 'InvalidApiVersionParameter' || code === 'UnsupportedApiVersion') {
    const named =
      called.apiVersion === null ? 'a call without an api-version' : `the api-version ${called.apiVersion}`;
    return told(`Azure does not serve images under ${named}. See ${from.version}.`);
  }
  if (code === 'DeploymentNotFound' || code === 'model_not_found' || noDeployment.test(message)) {
    return told(
      `Azure has no deployment named '${deployment}' in this resource; one that is new needs a few minutes. See ${from.deployments}.`,
    );
  }
  if (code === 'OperationNotSupported' || wrongModel.test(message)) {
    return told(`The deployment '${deployment}' is of a model that cannot do this. See ${from.deployments}.`);
  }
  if (status === 404) {
    return told(
      `Azure has nothing at the address that was called. See ${from.address}, then ${from.version}.`,
    );
  }
  return undefined;
}
