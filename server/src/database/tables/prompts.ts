import type { ColumnType, Generated } from 'kysely';

type Json<T> = ColumnType<T, string, string>;
type NullableJson<T> = ColumnType<T | null, string | null | undefined, string | null>;

/** Tables of the prompt registry. */
export type PromptTables = {
  /** The last number that a project gave to a thing of a kind. */
  project_counters: {
    project_id: string;
    noun: 'prompt' | 'version' | 'label' | 'log' | 'group' | 'folder' | 'dataset' | 'evaluation';
    value: number;
  };
  prompts: {
    id: string;
    number: number;
    project_id: string;
    name: string;
    folder: Generated<string>;
    tags: Json<string[]>;
    latest_version: number;
    archived_at: Date | null;
    created_at: Date;
  };
  prompt_versions: {
    id: string;
    number: number;
    prompt_id: string;
    version: number;
    template: Json<Record<string, unknown>>;
    model: NullableJson<Record<string, unknown>>;
    metadata: Json<Record<string, unknown>>;
    commit_message: string;
    api_key_id: string | null;
    created_at: Date;
  };
  prompt_labels: {
    id: string;
    number: number;
    prompt_id: string;
    name: string;
    version: number;
    is_protected: boolean;
    split: NullableJson<Record<string, unknown>>;
    created_at: Date;
  };
  /** How labels moved. Null: from nowhere, or gone. */
  prompt_label_moves: {
    id: string;
    prompt_id: string;
    label: string;
    from_version: number | null;
    to_version: number | null;
    api_key_id: string | null;
    created_at: Date;
  };
  prompt_snippets: {
    version_id: string;
    project_id: string;
    name: string;
    version: number | null;
    label: string | null;
  };
};
