import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What requests are searched, sorted and counted by; searches that are kept; tags of images. */
export const search: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

const answerSize = `(answer #>> '{applied,size,width}') || 'x' || (answer #>> '{applied,size,height}')`;
const tokens = (text: string, image: string) =>
  `case when usage is null then null else coalesce((usage ->> '${text}')::bigint, 0) + coalesce((usage ->> '${image}')::bigint, 0) end`;

const statements = [
  `alter table requests
    add column replay_of text,
    add column size text,
    add column quality text,
    add column format text,
    add column image_count integer not null default 0,
    add column has_mask boolean not null default false,
    add column input_tokens bigint,
    add column output_tokens bigint,
    add column output_text text`,
  `update requests set
    size = coalesce(${answerSize}, parameters ->> 'size'),
    quality = coalesce(answer #>> '{applied,quality}', parameters ->> 'quality'),
    format = coalesce(answer #>> '{applied,outputFormat}', parameters ->> 'output_format'),
    image_count = (select count(*) from images where request_id = requests.id and role = 'output'),
    has_mask = exists (select from images where request_id = requests.id and role = 'mask'),
    input_tokens = ${tokens('textIn', 'imageIn')},
    output_tokens = ${tokens('textOut', 'imageOut')},
    output_text = (
      select string_agg(revised_prompt, e'\n' order by position) from images
      where request_id = requests.id and role = 'output')`,
  // Words longer than an index takes are left out by the function itself; a text without end is cut.
  `alter table requests add column words tsvector
    generated always as (to_tsvector('english', left(prompt || e'\n' || coalesce(output_text, ''), 200000))) stored`,
  'create index requests_by_words on requests using gin (words)',
  'create index requests_by_tags on requests using gin (tags jsonb_path_ops)',
  // A month of numbers without a look at the rows, which are long; nothing in it may be long.
  `create index requests_by_day on requests (project_id, created_at)
    include (status, model_id, duration_ms, image_count, cost_nano_usd, input_tokens, output_tokens)`,
  'create index requests_by_cost on requests (project_id, cost_nano_usd, id)',
  'create index requests_by_latency on requests (project_id, duration_ms, id)',
  'create index requests_by_model on requests (project_id, model_id, created_at, id)',
  'create index requests_by_status on requests (project_id, status, created_at, id)',
  'create index requests_by_origin on requests (replay_of) where replay_of is not null',
  `create table saved_searches (
    id text primary key,
    project_id text not null references projects (id) on delete cascade,
    name text not null,
    query json not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    unique (project_id, name)
  )`,
  `alter table images add column tags jsonb not null default '[]'`,
  'create index images_by_tags on images using gin (tags jsonb_path_ops)',
];
