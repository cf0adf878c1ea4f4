import { Autocomplete, Select, Switch } from '@mantine/core';
import type { Model, PromptModel } from '@pictor/sdk';
import { useChatModels, useGenerationModels } from '../../models/use-models.ts';
import { toModel } from '../list/first-version.ts';
import { JsonField } from './json-field.tsx';
import classes from './model-section.module.css';
import { isRecord, ParameterFields } from './parameter-fields.tsx';
import { ProblemList } from './problem-list.tsx';
import { Section } from './section.tsx';
import type { Problem } from './use-check.ts';

type ModelSectionProps = {
  readonly type: 'completion' | 'chat';
  /** Null: a snippet. */
  readonly model: PromptModel | null;
  readonly onChange: (model: PromptModel | null) => void;
  readonly problems: readonly Problem[];
};

const providers = ['openai', 'openai.azure', 'google', 'vertexai'];

/** Which model a version runs on, by which API, and with which parameters. */
export function ModelSection({ type, model, onChange, problems }: ModelSectionProps) {
  const pictures = useGenerationModels();
  const chats = useChatModels();
  const models = (type === 'chat' ? chats.data : pictures.data) ?? [];
  const choose = (chosen: Model | undefined): void => {
    if (chosen === undefined) return;
    const made = toModel(chosen, type === 'chat' ? 'responses' : 'images');
    onChange({ ...made, parameters: fitting(model?.parameters ?? {}, chosen, type) });
  };
  return (
    <Section
      title="Model"
      aside={
        <Switch
          label="Runs on a model"
          checked={model !== null}
          onChange={(event) => (event.currentTarget.checked ? choose(usual(models)) : onChange(null))}
        />
      }
    >
      {model === null ? (
        <p className={classes.words}>
          {type === 'chat'
            ? 'The model is named when the prompt is run.'
            : 'A snippet: other prompts take it in. To run it by itself, the call has to name a model.'}
        </p>
      ) : (
        <ModelFields
          type={type}
          model={model}
          models={models}
          onModel={choose}
          onChange={onChange}
          problems={problems}
        />
      )}
      {model === null && <ProblemList problems={problems} />}
    </Section>
  );
}

type ModelFieldsProps = {
  readonly type: 'completion' | 'chat';
  readonly model: PromptModel;
  readonly models: readonly Model[];
  readonly onModel: (model: Model | undefined) => void;
  readonly onChange: (model: PromptModel) => void;
  readonly problems: readonly Problem[];
};

function ModelFields({ type, model, models, onModel, onChange, problems }: ModelFieldsProps) {
  const known = findModel(models, model.name);
  const errorOf = (param: string) => problems.find((problem) => problem.param === param)?.message;
  const options = models.map(({ id }) => id);
  const shown = new Set(['model.name', 'model.provider', 'model.api_type', ...fieldsOf(type, known)]);
  const set = (parameters: Readonly<Record<string, unknown>>): void =>
    onChange({ ...model, parameters: { ...parameters } });
  return (
    <>
      <div className={classes.pair}>
        <Select
          label="Model"
          searchable
          allowDeselect={false}
          nothingFoundMessage="No such model"
          data={options.includes(model.name) ? options : [...options, model.name]}
          value={model.name}
          onChange={(id) => onModel(models.find((each) => each.id === id))}
          error={errorOf('model.name')}
        />
        <Autocomplete
          label="Provider"
          data={providers}
          value={model.provider}
          onChange={(provider) => onChange({ ...model, provider })}
          error={errorOf('model.provider')}
        />
        <Select
          label="API"
          allowDeselect={false}
          data={type === 'completion' ? imageApis : chatApis}
          value={model.api_type ?? (type === 'completion' ? 'images' : 'own')}
          onChange={(value) => onChange(withApi(model, value))}
          error={errorOf('model.api_type')}
        />
      </div>
      {type === 'completion' && known !== undefined && (
        <ParameterFields
          rules={known.pictor.parameters}
          size={known.pictor.size}
          values={model.parameters}
          onChange={set}
          problems={problems}
        />
      )}
      {type === 'chat' && known?.pictor.family === 'gemini' && (
        <ParameterFields
          rules={known.pictor.parameters}
          size={null}
          values={model.parameters}
          onChange={set}
          problems={problems}
        />
      )}
      {known?.pictor.family !== 'gemini' && type === 'chat' && (
        <JsonField
          label="Parameters"
          description="Of the Responses API: instructions, temperature, max_output_tokens, reasoning …"
          placeholder='{ "temperature": 0.7 }'
          value={Object.keys(model.parameters).length === 0 ? undefined : model.parameters}
          onValue={(value) => set(isRecord(value) ? value : {})}
        />
      )}
      <ProblemList problems={problems.filter(({ param }) => param === null || !shown.has(param))} />
    </>
  );
}

const imageApis = [{ value: 'images', label: 'Images' }];
const chatApis = [
  { value: 'responses', label: 'Responses' },
  { value: 'own', label: 'The model’s own' },
];

function withApi({ api_type: _before, ...model }: PromptModel, value: string | null): PromptModel {
  return value === 'images' || value === 'responses' ? { ...model, api_type: value } : model;
}

function fieldsOf(type: 'completion' | 'chat', model: Model | undefined): readonly string[] {
  if (model === undefined || (type === 'chat' && model.pictor.family !== 'gemini')) return [];
  return ['size', ...Object.keys(model.pictor.parameters)];
}

/** Another model has other parameters; those of the Responses API are the same for all. */
function fitting(parameters: PromptModel['parameters'], { pictor }: Model, type: 'completion' | 'chat') {
  if (type === 'chat' && pictor.family !== 'gemini') return parameters;
  const has = (name: string) =>
    pictor.parameters[name] !== undefined || (name === 'size' && pictor.size !== null);
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => has(name)));
}

function findModel(models: readonly Model[], name: string): Model | undefined {
  return models.find(({ id }) => id === name) ?? models.find(({ pictor }) => pictor.aliases.includes(name));
}

function usual(models: readonly Model[]): Model | undefined {
  return models.find(({ id }) => id === 'gpt-image-2') ?? models[0];
}
