import type { PromptModel, PromptTemplate } from '@pictor/api';
import type { Catalogue } from '../catalogue/index.ts';
import { PictorError } from '../foundation/index.ts';
import type { ModelRow } from '../models/index.ts';
import { fitJob } from './fit-job.ts';

/**
 * Checks the model and parameters of a saved prompt as if it were run: so that a mistake shows when it is saved, not
 * when it is used. Throws the caller's errors.
 */
export function checkParameters(
  catalogue: Catalogue,
  model: PromptModel,
  type: PromptTemplate['type'],
): void {
  const row = catalogue.find(model.name)?.row;
  if (row === undefined) {
    throw refuse(
      'model.name',
      `There is no model '${model.name.slice(0, 100)}'. GET /v1/models lists those that can be used.`,
    );
  }
  if (type === 'chat') checkChat(row, model);
  else checkCompletion(row, model);
}

function checkCompletion(row: ModelRow, model: PromptModel): void {
  if (!row.endpoints.includes('images.generations')) {
    throw refuse('model.name', `${row.id} does not serve the Images API, which completion prompts run on.`);
  }
  if (model.api_type !== undefined && model.api_type !== null && model.api_type !== 'images') {
    throw refuse('model.api_type', "A completion prompt runs on the Images API: api_type is 'images'.");
  }
  const { prompt: _prompt, ...asked } = model.parameters;
  fitJob({
    asked: { prompt: 'a prompt', ...asked },
    row,
    kind: 'generate',
    endpoint: 'images.generations',
    mode: 'default',
  });
}

/** Gemini's models speak for themselves; OpenAI's image models are the tool's, and need one that talks. */
function checkChat(row: ModelRow, model: PromptModel): void {
  if (model.api_type === 'images') {
    throw refuse('model.api_type', "A chat prompt does not run on the Images API: api_type is 'responses'.");
  }
  if (row.family === 'gpt-image' || row.family === 'dall-e') {
    throw refuse(
      'model.name',
      `${row.id} only draws. Name a text model, and ${row.id} as the model of its image_generation tool.`,
    );
  }
}

function refuse(param: string, message: string): PictorError {
  return new PictorError({ code: 'invalid_value', message, param });
}
