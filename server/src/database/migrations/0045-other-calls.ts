import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Calls that are no image requests, in the columns of those: responses, and what clients told of calls elsewhere. */
export const otherCalls: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

const wordsOf = (input: string, output: string) =>
  `tsvector generated always as (to_tsvector('english',
    left(coalesce(${input}, '') || e'\n' || coalesce(${output}, ''), 200000))) stored`;

const statements = [
  `alter table responses add column input_text text, add column output_text text`,
  // The words of the items of a response, in order: contents are texts or lists of parts.
  `create function response_text(response text, side text) returns text language sql stable as $$
    select left(string_agg(words, e'\n' order by position, place), 200000) from (
      select position, 0 as place, item ->> 'content' as words from response_items
      where owner_id = response and role = side and json_typeof(item -> 'content') = 'string'
      union all
      select position, place::integer, part ->> 'text' from response_items,
        json_array_elements(case when json_typeof(item -> 'content') = 'array' then item -> 'content' else '[]'::json end)
          with ordinality as parts (part, place)
      where owner_id = response and role = side and json_typeof(part) = 'object'
    ) as texts where words is not null and words <> ''
  $$`,
  `update responses set input_text = response_text(id, 'input'), output_text = response_text(id, 'output')`,
  `alter table responses add column words ${wordsOf('input_text', 'output_text')}`,
  `alter table request_logs add column words ${wordsOf('input_text', 'output_text')}`,
  'create index responses_by_words on responses using gin (words)',
  `create index request_logs_by_words on request_logs using gin (words)
    where request_id is null and response_id is null`,
  'create index responses_by_time on responses (project_id, created_at desc, id desc)',
  `create index request_logs_told on request_logs (project_id, started_at desc, id desc)
    where request_id is null and response_id is null`,
  // The call that a note is of, whatever it is.
  'create index request_logs_of_call on request_logs ((coalesce(request_id, response_id, id)))',
  // Two views instead of one, so that each can be read in the order of its index.
  `create view told_calls as
    select l.id, l.project_id, l.api_key_id, 'log'::text as kind, ''::text as route,
      case when l.status = 'ERROR' then 'failed' else 'succeeded' end as status,
      coalesce(l.model, '') as model, coalesce(l.model, '') as model_id, l.provider, null::text as engine,
      coalesce(l.input_text, '') as prompt, coalesce(l.parameters, '{}'::json) as parameters,
      '[]'::json as adjustments, '[]'::json as warnings, null::json as answer, null::json as usage,
      l.cost_nano_usd, null::bigint as list_cost_nano_usd, l.price_row,
      case when l.status = 'ERROR' then json_build_object('message', coalesce(l.error_message, 'No reason was told.'),
        'type', coalesce(l.error_type, 'error'), 'param', null, 'code', l.error_type) end as error,
      null::text as upstream_request_id, null::json as upstream_headers, null::json as attempts,
      null::text as end_user, null::text as fingerprint, null::text as parent_id, null::text as replay_of,
      l.started_at as created_at, l.finished_at,
      (extract(epoch from l.finished_at - l.started_at) * 1000)::integer as duration_ms,
      0::bigint as held_nano_usd, l.prompt_name, l.prompt_id, l.prompt_version, l.prompt_label, l.prompt_variables,
      l.tags, null::text as size, null::text as quality, null::text as format, 0 as image_count, false as has_mask,
      l.input_tokens, l.output_tokens, l.output_text, l.words
    from request_logs l where l.request_id is null and l.response_id is null`,
  `create view response_calls as
    select p.id, p.project_id, p.api_key_id, 'respond'::text as kind, '/v1/responses'::text as route,
      case when p.status in ('queued', 'in_progress') then 'running' when p.status = 'completed' then 'succeeded'
        when p.status = 'incomplete' then 'interrupted' else p.status end as status,
      p.model, p.model as model_id, null::text as provider, p.director as engine, coalesce(p.input_text, '') as prompt,
      p.asked as parameters, '[]'::json as adjustments, '[]'::json as warnings, null::json as answer, null::json as usage,
      (select case when count(*) filter (where e.cost_nano_usd is null and not e.corrected) > 0 then null
          else sum(e.cost_nano_usd) end::bigint
        from ledger_entries e where e.id = 'ent_' || substr(p.id, 6) || '_0'
          or e.request_id in (select child.id from requests child where child.parent_id = p.id)) as cost_nano_usd,
      null::bigint as list_cost_nano_usd, null::text as price_row,
      case when p.error is null then null else json_build_object('message', p.error ->> 'message',
        'type', coalesce(p.error ->> 'type', 'error'), 'param', p.error -> 'param', 'code', p.error ->> 'code') end as error,
      null::text as upstream_request_id, null::json as upstream_headers, null::json as attempts,
      null::text as end_user, null::text as fingerprint, null::text as parent_id, null::text as replay_of,
      p.created_at, p.completed_at as finished_at,
      (extract(epoch from p.completed_at - p.created_at) * 1000)::integer as duration_ms,
      0::bigint as held_nano_usd, p.saved_prompt ->> 'name' as prompt_name, p.saved_prompt ->> 'id' as prompt_id,
      (p.saved_prompt ->> 'version')::integer as prompt_version, p.saved_prompt ->> 'label' as prompt_label,
      p.saved_prompt -> 'variables' as prompt_variables,
      '[]'::jsonb as tags, null::text as size, null::text as quality, null::text as format,
      (select count(*) from images made join requests child on child.id = made.request_id
        where child.parent_id = p.id and made.role = 'output')::integer as image_count,
      false as has_mask, (p.usage ->> 'input_tokens')::bigint as input_tokens,
      (p.usage ->> 'output_tokens')::bigint as output_tokens, p.output_text, p.words
    from responses p`,
];
