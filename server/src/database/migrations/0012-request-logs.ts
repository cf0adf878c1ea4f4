import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What people keep about calls: a number, their own metadata, scores and groups; and calls that were made elsewhere. */
export const requestLogs: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

const statements = [
  `create table request_logs (
    id text primary key,
    number integer not null,
    project_id text not null references projects (id) on delete cascade,
    api_key_id text,
    source text not null check (source in ('gateway', 'run', 'sdk', 'log')),
    request_id text unique references requests (id) on delete cascade,
    response_id text unique references responses (id) on delete cascade,
    call_hash text,
    function_name text,
    provider text,
    model text,
    parameters json,
    input json,
    output json,
    input_text text,
    output_text text,
    prompt_id text,
    prompt_name text,
    prompt_version integer,
    prompt_label text,
    prompt_variables json,
    tags jsonb not null default '[]',
    metadata jsonb not null default '{}',
    group_number integer,
    status text,
    error_type text,
    error_message text,
    input_tokens bigint,
    output_tokens bigint,
    cost_nano_usd bigint,
    price_row text,
    span_id text,
    started_at timestamptz not null,
    finished_at timestamptz,
    created_at timestamptz not null,
    unique (project_id, number)
  )`,
  'create unique index request_logs_by_call on request_logs (project_id, call_hash) where call_hash is not null',
  'create index request_logs_newest on request_logs (project_id, started_at desc, number desc)',
  'create index request_logs_of_prompt on request_logs (project_id, prompt_id) where prompt_id is not null',
  `create table request_scores (
    log_id text not null references request_logs (id) on delete cascade,
    name text not null,
    value double precision not null check (value >= 0 and value <= 100),
    created_at timestamptz not null,
    primary key (log_id, name)
  )`,
  `create table request_groups (
    project_id text not null references projects (id) on delete cascade,
    number integer not null,
    created_at timestamptz not null,
    primary key (project_id, number)
  )`,
  `create table request_spans (
    project_id text not null references projects (id) on delete cascade,
    trace_id text not null,
    span_id text not null,
    parent_span_id text,
    name text not null,
    status text not null,
    error_message text,
    attributes json not null,
    started_at timestamptz not null,
    finished_at timestamptz,
    created_at timestamptz not null,
    primary key (project_id, trace_id, span_id)
  )`,
  `create table prompt_folders (
    project_id text not null references projects (id) on delete cascade,
    number integer not null,
    path text not null,
    created_at timestamptz not null,
    primary key (project_id, number),
    unique (project_id, path)
  )`,
  'alter table responses add column saved_prompt json',
  // One list of calls, wherever they were made: what the gateway's own rows know stands there, and only there.
  `create view request_log_entries as
    select l.id, l.number, l.project_id, l.api_key_id, l.source, l.request_id, l.response_id, l.function_name,
      l.parameters, l.input, l.output, l.metadata, l.group_number, l.error_type, l.price_row, l.span_id,
      l.created_at,
      (select coalesce(jsonb_agg(distinct tag), '[]'::jsonb)
        from jsonb_array_elements(coalesce(r.tags, '[]'::jsonb) || l.tags) as tag) as tags,
      coalesce(r.provider, l.provider) as provider,
      coalesce(r.model_id, p.model, l.model) as model,
      coalesce(r.prompt, l.input_text) as input_text,
      l.output_text,
      coalesce(l.prompt_id, r.prompt_id, p.saved_prompt ->> 'id') as prompt_id,
      coalesce(l.prompt_name, r.prompt_name, p.saved_prompt ->> 'name') as prompt_name,
      coalesce(l.prompt_version, r.prompt_version, (p.saved_prompt ->> 'version')::integer) as prompt_version,
      coalesce(l.prompt_label, r.prompt_label, p.saved_prompt ->> 'label') as prompt_label,
      coalesce(l.prompt_variables, r.prompt_variables, p.saved_prompt -> 'variables') as prompt_variables,
      case
        when r.id is not null then
          case r.status when 'running' then 'RUNNING' when 'succeeded' then 'SUCCESS' else 'ERROR' end
        when p.id is not null then
          case when p.status in ('queued', 'in_progress') then 'RUNNING' when p.status = 'completed' then 'SUCCESS' else 'ERROR' end
        else l.status
      end as status,
      coalesce(l.error_message, r.error ->> 'message', p.error ->> 'message') as error_message,
      case
        when r.id is not null then
          coalesce((r.usage ->> 'textIn')::bigint, 0) + coalesce((r.usage ->> 'imageIn')::bigint, 0)
        when p.id is not null then (p.usage ->> 'input_tokens')::bigint
        else l.input_tokens
      end as input_tokens,
      case
        when r.id is not null then
          coalesce((r.usage ->> 'textOut')::bigint, 0) + coalesce((r.usage ->> 'imageOut')::bigint, 0)
        when p.id is not null then (p.usage ->> 'output_tokens')::bigint
        else l.output_tokens
      end as output_tokens,
      case
        when r.id is not null then r.cost_nano_usd
        when p.id is not null then (
          select case
            when count(*) filter (where e.cost_nano_usd is null and not e.corrected) > 0 then null
            else sum(e.cost_nano_usd)
          end::bigint
          from ledger_entries e
          where e.id = 'ent_' || substr(p.id, 6) || '_0'
            or e.request_id in (select child.id from requests child where child.parent_id = p.id)
        )
        else l.cost_nano_usd
      end as cost_nano_usd,
      coalesce(r.created_at, p.created_at, l.started_at) as started_at,
      coalesce(r.finished_at, p.completed_at, l.finished_at) as finished_at,
      (extract(epoch from (coalesce(r.finished_at, p.completed_at, l.finished_at)
        - coalesce(r.created_at, p.created_at, l.started_at))) * 1000)::bigint as latency_ms
    from request_logs l
    left join requests r on r.id = l.request_id
    left join responses p on p.id = l.response_id`,
];
