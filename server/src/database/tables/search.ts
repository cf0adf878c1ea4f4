import type { ColumnType, Generated } from 'kysely';

type Json<T> = ColumnType<T, string, string>;

/** Columns of requests that they are searched and counted by. Null: unknown. */
export type SearchColumns = {
  /** The request that was sent again as this one. */
  replay_of: Generated<string | null>;
  /** Pixels, as in `1024x1024`: of the first picture, or as asked while there is none. */
  size: Generated<string | null>;
  quality: Generated<string | null>;
  format: Generated<string | null>;
  /** Pictures that came. */
  image_count: Generated<number>;
  has_mask: Generated<boolean>;
  input_tokens: Generated<number | null>;
  output_tokens: Generated<number | null>;
  /** Revised prompts and words of the answer. Its words and those of the prompt are indexed as `words`. */
  output_text: Generated<string | null>;
};

export type SearchTables = {
  saved_searches: {
    id: string;
    project_id: string;
    name: string;
    query: Json<Record<string, unknown>>;
    created_at: Date;
    updated_at: Date;
  };
};
