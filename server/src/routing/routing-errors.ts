import { PictorError } from '../foundation/index.ts';
import type { Endpoint, ModelRow, Provider } from '../models/index.ts';
import { variablesOfVendor } from './vendor-variables.ts';

export function unknownModel(name: string): PictorError {
  return new PictorError({
    code: 'model_not_found',
    message: `The model '${name.slice(0, 100)}' does not exist here. GET /v1/models lists the models that can be used.`,
    param: 'model',
  });
}

export function wrongEndpoint(row: ModelRow, endpoint: Endpoint): PictorError {
  const serves = row.endpoints.map((served) => endpointNames[served]).join(', ');
  return new PictorError({
    code: 'invalid_value',
    message: `The model '${row.id}' does not serve ${endpointNames[endpoint]}: it serves ${serves}.`,
    param: 'model',
  });
}

const endpointNames: Readonly<Record<Endpoint, string>> = {
  'images.generations': 'image generations (/v1/images/generations)',
  'images.edits': 'image edits (/v1/images/edits)',
  'images.variations': 'image variations (/v1/images/variations)',
  responses: 'the Responses API only (/v1/responses)',
};

/** `prefix` is what stood in front of the model, and means upstreams that are there. */
export function notServed(row: ModelRow, prefix: string): PictorError {
  return new PictorError({
    code: 'model_not_found',
    message: `The upstream '${prefix}' does not serve the model '${row.id}' here. Leave '${prefix}/' out, or see GET /api/providers for what it serves.`,
    param: 'model',
  });
}

export function noProvider(row: ModelRow, providers: readonly Provider[]): PictorError {
  const variables = variablesOfVendor(row.vendor, providers).join(' or ');
  return new PictorError({
    code: 'model_not_found',
    message: `No provider for the model '${row.id}' is configured. Set ${variables} and restart Pictor, or use the built-in model 'sketch-1'.`,
    param: 'model',
  });
}
