import type { ImageJob, ImageModel } from '../../models/index.ts';
import { openImageModel } from '../kit/openai-images/image-model.ts';
import { toRequest } from '../kit/openai-images/to-request.ts';
import { adjustmentsOf, fitToAzure, toAzureMembers } from './fit-to-azure.ts';
import type { AzureService } from './open-access.ts';
import type { Deployment } from './resource.ts';
import { toService } from './to-service.ts';
import { toUrl } from './to-url.ts';

/** An image model of a resource. `usual` draws, unless a job names another deployment of the resource by its own name. */
export function openAzureModel(service: AzureService, usual: Deployment): ImageModel {
  const { resource } = service;
  const choose = ({ upstreamModel }: ImageJob): Deployment =>
    resource.deployments.find(({ name }) => name === upstreamModel) ?? usual;
  return {
    run: async function* (job, context) {
      const deployment = choose(job);
      yield* openDeployment(service, deployment).run(
        await fitToAzure(job, deployment, resource.name),
        context,
      );
    },
    adjustments: (job) => adjustmentsOf(job, choose(job)),
  };
}

function openDeployment(service: AzureService, { name }: Deployment): ImageModel {
  const { resource } = service;
  return openImageModel({
    ...toService(service, name),
    baseUrl: resource.address.root,
    toUrl: ({ path }) => toUrl(resource, path, name),
    toRequest: (job) => toRequest(job, (members) => toAzureMembers(members, resource)),
  });
}
