/** One condition on one field of a log. */
export type Filter = {
  readonly field: string;
  readonly operator: string;
  readonly value?: unknown;
  /** Of a field that has members: which one. */
  readonly nestedKey?: string | undefined;
};

export type FilterGroup = {
  readonly logic: 'AND' | 'OR';
  readonly filters: readonly (Filter | FilterGroup)[];
};

/** Which logs are meant. */
export type LogQuery = {
  readonly filter: FilterGroup | null;
  /** Words of what went in or came out; null: any. */
  readonly words: string | null;
  readonly sortBy: string;
  readonly sortOrder: 'asc' | 'desc';
  /** From 1. */
  readonly page: number;
  readonly perPage: number;
};

export type FieldKind = 'text' | 'number' | 'time' | 'list' | 'members';

/** Fields that can be asked for, with the columns of the view that hold them. */
export const fields = {
  pl_id: { column: 'number', kind: 'number' },
  prompt_id: { column: 'prompt_name', kind: 'text' },
  prompt_name: { column: 'prompt_name', kind: 'text' },
  prompt_version_number: { column: 'prompt_version', kind: 'number' },
  engine: { column: 'model', kind: 'text' },
  provider_type: { column: 'provider', kind: 'text' },
  input_text: { column: 'input_text', kind: 'text' },
  output_text: { column: 'output_text', kind: 'text' },
  input_tokens: { column: 'input_tokens', kind: 'number' },
  output_tokens: { column: 'output_tokens', kind: 'number' },
  cost: { column: 'cost_nano_usd', kind: 'number' },
  latency_ms: { column: 'latency_ms', kind: 'number' },
  request_start_time: { column: 'started_at', kind: 'time' },
  request_end_time: { column: 'finished_at', kind: 'time' },
  status: { column: 'status', kind: 'text' },
  source: { column: 'source', kind: 'text' },
  group_id: { column: 'group_number', kind: 'number' },
  tags: { column: 'tags', kind: 'list' },
  metadata: { column: 'metadata', kind: 'members' },
  metadata_keys: { column: 'metadata', kind: 'members' },
  input_variables: { column: 'prompt_variables', kind: 'members' },
  input_variable_keys: { column: 'prompt_variables', kind: 'members' },
} as const satisfies Record<string, { readonly column: string; readonly kind: FieldKind }>;

export type FieldName = keyof typeof fields;

export function isField(name: string): name is FieldName {
  return Object.hasOwn(fields, name);
}
