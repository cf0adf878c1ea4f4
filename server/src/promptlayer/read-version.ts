import { type PromptModel, type PromptTemplate, promptModel, promptTemplate } from '@pictor/api';
import { PictorError } from '../foundation/index.ts';
import { readParameters } from '../http/index.ts';
import { spellParameters } from './spell-parameters.ts';
import { isWire, readBody, readText, readTexts, type Wire } from './wire.ts';

/** A version as a client publishes it. */
export type PublishedVersion = {
  readonly name: string;
  readonly tags: readonly string[] | undefined;
  readonly folderNumber: unknown;
  readonly template: PromptTemplate;
  readonly model: PromptModel | null;
  readonly metadata: Wire;
  readonly commitMessage: string | undefined;
  readonly labels: readonly string[] | undefined;
};

/** The body of POST /rest/prompt-templates: clients put the same flat members into both of its objects. */
export function readPublished(value: unknown): PublishedVersion {
  const body = readBody(value);
  const [base, version] = [readBody(body.prompt_template), readBody(body.prompt_version)];
  const name = readText(base.prompt_name) ?? readText(version.prompt_name);
  if (name === undefined) throw missing('prompt_template.prompt_name');
  const template = isWire(version.prompt_template) ? version.prompt_template : base.prompt_template;
  if (!isWire(template)) throw missing('prompt_version.prompt_template');
  const metadata = readBody(version.metadata ?? base.metadata);
  return {
    name,
    tags: readTexts(base.tags ?? version.tags),
    folderNumber: base.folder_id ?? version.folder_id,
    template: readParameters(promptTemplate, template),
    ...splitMetadata(metadata),
    commitMessage: readText(version.commit_message ?? base.commit_message),
    labels: readTexts(body.release_labels ?? version.release_labels ?? base.release_labels),
  };
}

/** The model stands in the metadata of this wire. */
function splitMetadata(metadata: Wire): {
  readonly model: PromptModel | null;
  readonly metadata: Wire;
} {
  const { model, ...rest } = metadata;
  if (!isWire(model)) return { model: null, metadata: rest };
  const parameters = spellParameters(readBody(model.parameters));
  return { model: readParameters(promptModel, { ...model, parameters }), metadata: rest };
}

function missing(param: string): PictorError {
  return new PictorError({
    code: 'missing_required_parameter',
    message: `Missing required parameter: '${param}'.`,
    param,
  });
}
