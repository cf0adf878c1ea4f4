import type { Endpoint, JobKind, ModelRow } from '../models/index.ts';
import { type Fitting, refuse } from './fit-context.ts';

const routes: Readonly<Record<Endpoint, string>> = {
  'images.generations': 'POST /v1/images/generations',
  'images.edits': 'POST /v1/images/edits',
  'images.variations': 'POST /v1/images/variations',
  responses: 'the Responses API',
};

/** The variations route knows these and no others. */
const ofVariations: readonly string[] = ['n', 'size', 'response_format', 'user', 'stream'];

/** Refuses a model that does not stand behind the route, or cannot do this kind of work. */
export function checkRoute(fitting: Fitting): void {
  const { row, endpoint, kind } = fitting;
  if (!row.endpoints.includes(endpoint)) {
    const served = row.endpoints.map((each) => routes[each]).join(' and ');
    const sentence =
      row.family === 'text'
        ? `${row.id} is a text model and serves the Responses API only; name an image model here.`
        : `${row.id} does not serve ${routes[endpoint]}; it serves ${served}.`;
    refuse('invalid_value', 'model', sentence);
  }
  if (!canDo(row, kind)) {
    const work = kind === 'edit' ? 'edit pictures' : 'make variations of a picture';
    refuse('invalid_value', 'model', `${row.id} cannot ${work}; send it a prompt without pictures.`);
  }
}

function canDo(row: ModelRow, kind: JobKind): boolean {
  switch (kind) {
    case 'generate':
      return true;
    case 'edit':
      return row.edits !== undefined;
    case 'vary':
      return row.variations !== undefined;
  }
}

/** Does the route know the parameter at all, whatever the model can do? */
export function routeHas(fitting: Fitting, parameter: string): boolean {
  if (fitting.kind === 'vary') return ofVariations.includes(parameter);
  const withoutPictures = fitting.kind === 'generate' && fitting.endpoint === 'images.generations';
  return !(withoutPictures && parameter === 'input_fidelity');
}

/** Names that a caller may use with this model on this route, for the sentence of a refusal. */
export function acceptedNames(fitting: Fitting): readonly string[] {
  const { row, kind } = fitting;
  const names = [
    ...(kind === 'vary' ? [] : ['prompt']),
    ...(row.size === undefined ? [] : ['size']),
    ...Object.keys(row.parameters),
    ...(kind === 'vary' ? [] : row.passThrough),
  ];
  return names.filter((name) => name === 'prompt' || routeHas(fitting, name));
}
