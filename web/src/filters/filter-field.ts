import {
  type RequestField,
  type RequestFieldKind,
  type RequestFilter,
  type RequestOperator,
  requestFields,
  requestOperators,
} from '@pictor/sdk';

/** Something that one can filter by, as people call it. */
export type FilterField = {
  readonly name: string;
  readonly label: string;
  /** Under which heading it stands in the menu. */
  readonly group: string;
  readonly kind: RequestFieldKind;
  readonly operators: readonly RequestOperator[];
  /** What its values usually are. */
  readonly options?: readonly string[];
};

/** One condition on a field by name; a list may have fields that its requests know nothing of. */
export type Condition = Omit<RequestFilter, 'field'> & { readonly field: string };

/** A condition, or conditions joined by AND or OR. */
export type FilterNode =
  | Condition
  | { readonly logic: 'AND' | 'OR'; readonly filters: readonly FilterNode[] };

type Names = Readonly<Record<string, string>>;

const groups: readonly { readonly group: string; readonly fields: Names }[] = [
  {
    group: 'Usual',
    fields: {
      status: 'Status',
      model_id: 'Model',
      created_at: 'Time',
      cost: 'Cost (USD)',
      latency_ms: 'Latency (ms)',
      tags: 'Tags',
      prompt_name: 'Saved prompt',
    },
  },
  {
    group: 'Words',
    fields: {
      prompt: 'Prompt',
      revised_prompt: 'Revised prompt',
      output_text: 'Words of the answer',
      error_message: 'Error message',
      user_intent: 'User intent',
      agent_intent: 'Agent intent',
    },
  },
  {
    group: 'Pictures',
    fields: {
      size: 'Size',
      quality: 'Quality',
      format: 'Format',
      n: 'Pictures asked for',
      images: 'Pictures made',
      has_inputs: 'Has input pictures',
      has_mask: 'Has a mask',
    },
  },
  {
    group: 'Where it ran',
    fields: {
      model: 'Model as asked',
      provider: 'Provider',
      engine: 'Engine',
      kind: 'Kind',
      route: 'Route',
      source: 'Source',
      key: 'Key',
      end_user: 'End user',
      replay_of: 'Replay of',
      response: 'Response',
      id: 'Id',
      pl_id: 'Number',
    },
  },
  {
    group: 'Saved prompt',
    fields: {
      prompt_id: 'Prompt id',
      prompt_version: 'Prompt version',
      prompt_label: 'Prompt label',
      input_variables: 'Variable',
      input_variable_keys: 'Variable names',
    },
  },
  {
    group: 'What was noted',
    fields: {
      metadata: 'Metadata',
      metadata_keys: 'Metadata names',
      score: 'Score',
      group: 'Group',
    },
  },
  {
    group: 'Outcome',
    fields: {
      error_code: 'Error code',
      error_type: 'Error type',
      finished_at: 'Finished',
      list_cost: 'List price (USD)',
      input_tokens: 'Input tokens',
      output_tokens: 'Output tokens',
      tokens: 'Tokens',
      output: 'Answer member',
      output_keys: 'Answer members',
      is_tool_call: 'Is a tool call',
      is_plain_text: 'Is plain text',
      is_json: 'Is JSON',
      tool_names: 'Tools',
    },
  },
];

const usualValues: Readonly<Partial<Record<RequestField, readonly string[]>>> = {
  status: ['succeeded', 'failed', 'running', 'interrupted', 'cancelled'],
  kind: ['generate', 'edit', 'vary', 'respond', 'log'],
  quality: ['low', 'medium', 'high', 'auto', 'standard', 'hd'],
  format: ['png', 'jpeg', 'webp'],
  size: ['1024x1024', '1536x1024', '1024x1536', '1792x1024', '1024x1792', '512x512', '256x256'],
  source: ['gateway', 'run', 'sdk', 'log'],
  tool_names: ['image_generation'],
};

/** Every field of a request, in the order of the menu. PromptLayer's second names for the same are left out. */
export const requestFilterFields: readonly FilterField[] = groups.flatMap(({ group, fields }) =>
  Object.entries(fields).flatMap(([name, label]) => (isField(name) ? [toField(name, label, group)] : [])),
);

function toField(name: RequestField, label: string, group: string): FilterField {
  const kind = requestFields[name];
  const options = usualValues[name];
  return {
    name,
    label,
    group,
    kind,
    operators: requestOperators[kind],
    ...(options === undefined ? {} : { options }),
  };
}

function isField(name: string): name is RequestField {
  return Object.hasOwn(requestFields, name);
}
