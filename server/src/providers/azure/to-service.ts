import type { MainlineService } from '../kit/mainline/call-service.ts';
import { classifyAzureFailure } from './classify-failure.ts';
import type { AzureService } from './open-access.ts';

/** A deployment of a resource, as the wires see it that it is called on. */
export function toService({ resource, caller, access }: AzureService, deployment: string): MainlineService {
  return {
    provider: resource.name,
    caller,
    headers: access.headers,
    secrets: access.secrets,
    settings: resource.from,
    classify: (status, error) => classifyAzureFailure(status, error, { ...resource, deployment }),
    ...(access.tokens === null ? {} : { renew: access.tokens.renew }),
  };
}
