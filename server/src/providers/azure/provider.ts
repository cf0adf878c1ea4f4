import type { Endpoint, ModelRow, OpenProvider, Provider } from '../../models/index.ts';
import { openCaller } from '../kit/open-caller.ts';
import { checkResource } from './check-resource.ts';
import { findDeployment, toAliases } from './find-deployment.ts';
import { openAccess } from './open-access.ts';
import { openAzureModel } from './open-azure-model.ts';
import { openLeader } from './open-leader.ts';
import { readResources } from './read-resources.ts';
import type { Resource } from './resource.ts';
import { resources } from './settings.ts';

/** OpenAI's image models as Azure deploys them: the resource of AZURE_OPENAI_ENDPOINT, and those of pictor.yaml. */
export const provider: Provider = {
  id: 'azure',
  title: 'Azure OpenAI',
  order: 20,
  vendors: ['openai'],
  prefixes: ['azure'],
  external: true,
  variables: [
    {
      name: 'AZURE_OPENAI_ENDPOINT',
      purpose: 'Any address that Azure shows for the resource; deployment and api-version are read from it',
      secret: false,
    },
    {
      name: 'AZURE_OPENAI_API_KEY',
      purpose: 'Key of the resource; without one, tokens of Entra are used',
      secret: true,
    },
    {
      name: 'AZURE_OPENAI_DEPLOYMENTS',
      purpose:
        'Deployments with their models, as in my-images=gpt-image-2,other=gpt-image-1.5; AZURE_OPENAI_DEPLOYMENT means the same. Default: each is named like its model',
      secret: false,
    },
    {
      name: 'OPENAI_API_VERSION',
      purpose:
        'api-version, where the address names none; AZURE_OPENAI_API_VERSION means the same. Default: the v1 routes, which need none',
      secret: false,
    },
    {
      name: 'AZURE_TENANT_ID',
      purpose: 'Tenant of the application that gets tokens of Entra',
      secret: false,
    },
    {
      name: 'AZURE_CLIENT_ID',
      purpose: 'The application; without AZURE_CLIENT_SECRET, the managed identity that the user assigned',
      secret: false,
    },
    {
      name: 'AZURE_CLIENT_SECRET',
      purpose: 'Secret of the application; without one, the managed identity is used',
      secret: true,
    },
    {
      name: 'AZURE_AUTHORITY_HOST',
      purpose: "Address of Entra; default: the one of the endpoint's cloud",
      secret: false,
    },
    {
      name: 'PICTOR_AZURE_BASE_URL',
      purpose: 'Address that is called in place of the endpoint, such as a gateway before it',
      secret: false,
    },
  ],
  settings: resources,
  models: [],
  prices: [],
  proven: { live: null, wire: 'Azure OpenAI image documentation and openai 7.55.0 (azure.ts), 2026-11' },
  open: async (environment) => readResources(environment, provider.id).map(openResource),
};

function openResource(resource: Resource): OpenProvider {
  const service = { resource, caller: openCaller(resource.name), access: openAccess(resource) };
  return {
    name: resource.name,
    models: [],
    prices: [],
    aliases: toAliases(resource),
    imageModel: (row, endpoint) => {
      const deployment = serves(row, endpoint) ? findDeployment(resource, row) : null;
      return deployment === null ? null : openAzureModel(service, deployment);
    },
    mainline: (row) => openLeader(service, row),
    check: (signal) => checkResource(service, signal),
    close: service.caller.close,
  };
}

/** Azure never had variations of these models. */
function serves(row: ModelRow, endpoint: Endpoint): boolean {
  const drawsPictures = row.family === 'gpt-image' || row.family === 'dall-e';
  const isServed = endpoint !== 'images.variations' && row.endpoints.includes(endpoint);
  return row.vendor === 'openai' && drawsPictures && isServed;
}
