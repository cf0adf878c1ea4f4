import type { RequestField } from '@pictor/api';
import { type RawBuilder, sql } from 'kysely';

type Sql = RawBuilder<unknown>;

/** A note is of a request, of a response, or is all that is known of a call; an index has these. */
const ofCall = sql`coalesce(note.request_id, note.response_id, note.id) = requests.id`;
/** What people and clients noted of a request, beside its own row. */
const noted = (column: string): Sql =>
  sql`(select ${sql.ref(`note.${column}`)} from request_logs note where ${ofCall})`;
const own = (column: string): Sql => sql.ref(`requests.${column}`);
const error = (member: string): Sql => sql`(requests.error ->> ${sql.lit(member)})`;
const variables = sql`coalesce(${noted('prompt_variables')}, requests.prompt_variables)::jsonb`;
const keysOf = (object: Sql): Sql =>
  sql`(select jsonb_agg(key) from jsonb_object_keys(${object}) as keys (key))`;
const promptId = sql`coalesce(${noted('prompt_id')}, requests.prompt_id)`;
const promptVersion = sql`coalesce(${noted('prompt_version')}, requests.prompt_version)`;
const wordsAlone = sql`(requests.status = 'succeeded' and requests.image_count = 0)`;

/** Where the values of each field are; tags and the like are lists in more than one place. */
export const fieldValues: Readonly<Record<RequestField, Sql>> = {
  id: own('id'),
  pl_id: noted('number'),
  kind: own('kind'),
  route: own('route'),
  status: own('status'),
  model: own('model'),
  model_id: own('model_id'),
  provider: own('provider'),
  provider_type: own('provider'),
  engine: own('engine'),
  key: own('api_key_id'),
  end_user: own('end_user'),
  source: sql`coalesce(${noted('source')}, 'gateway')`,
  group: noted('group_number'),
  replay_of: own('replay_of'),
  response: own('parent_id'),
  prompt: own('prompt'),
  input_text: own('prompt'),
  revised_prompt: sql`(
    select string_agg(images.revised_prompt, e'\n') from images where images.request_id = requests.id)`,
  output_text: own('output_text'),
  prompt_id: promptId,
  prompt_name: sql`coalesce(${noted('prompt_name')}, requests.prompt_name)`,
  prompt_label: sql`coalesce(${noted('prompt_label')}, requests.prompt_label)`,
  prompt_version: promptVersion,
  prompt_version_number: promptVersion,
  input_variables: variables,
  input_variable_keys: keysOf(variables),
  size: own('size'),
  quality: own('quality'),
  format: own('format'),
  // A form sends numbers as texts, and whoever asks for no number asks for one picture.
  n: sql`case when requests.parameters ->> 'n' ~ '^[0-9]{1,9}$' then (requests.parameters ->> 'n')::integer else 1 end`,
  images: own('image_count'),
  has_mask: own('has_mask'),
  has_inputs: sql`exists (select from images where images.request_id = requests.id and images.role = 'input')`,
  cost: own('cost_nano_usd'),
  list_cost: own('list_cost_nano_usd'),
  input_tokens: own('input_tokens'),
  output_tokens: own('output_tokens'),
  tokens: sql`(requests.input_tokens + requests.output_tokens)`,
  latency_ms: own('duration_ms'),
  created_at: own('created_at'),
  request_start_time: own('created_at'),
  finished_at: own('finished_at'),
  request_end_time: own('finished_at'),
  error_code: error('code'),
  error_type: sql`coalesce(${noted('error_type')}, ${error('code')})`,
  error_message: sql`coalesce(${noted('error_message')}, ${error('message')})`,
  tags: own('tags'),
  metadata: noted('metadata'),
  metadata_keys: keysOf(noted('metadata')),
  score: sql`null`,
  output: sql`requests.answer::jsonb`,
  // A row without an answer has a JSON null here at most, and that has no keys.
  output_keys: keysOf(sql`(requests.answer::jsonb)`),
  is_json: sql`(${wordsAlone} and requests.output_text ~ '^\s*[[{]')`,
  is_tool_call: sql`requests.parent_id is not null`,
  is_plain_text: wordsAlone,
  tool_names: sql`case when requests.parent_id is null then '[]'::jsonb else '["image_generation"]'::jsonb end`,
  user_intent: sql`(${noted('metadata')} ->> 'user_intent')`,
  agent_intent: sql`(${noted('metadata')} ->> 'agent_intent')`,
};

/** Tags that clients noted later count as much as those that came with the request. */
export const notedTags: Sql = noted('tags');

/** The score of a name; null: nobody gave one. */
export function scoreOf(name: string): Sql {
  return sql`(
    select score.value from request_scores score
    join request_logs note on note.id = score.log_id
    where ${ofCall} and score.name = ${name})`;
}
