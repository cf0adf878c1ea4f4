import { type Insertable, sql as raw, type SqlBool } from 'kysely';
import {
  cleanJson,
  cleanText,
  type Database,
  type Row,
  type Tables,
  takeNumber,
} from '../../database/index.ts';
import { newId } from '../../foundation/index.ts';
import { withoutBytes } from '../../requests/index.ts';
import type { LogEntry, LoggedPrompt, Score, ToldFacts } from '../log-entry.ts';
import type { OwnCall } from './own-queries.ts';

export type Sql = Database['sql'];

/** A call that was made elsewhere, as its row keeps it. */
export type ToldCall = {
  /** Equal where the same is told again. */
  readonly callHash: string;
  readonly provider: string | null;
  readonly model: string | null;
  readonly parameters: unknown;
  readonly input: unknown;
  readonly output: readonly unknown[];
  readonly inputText: string;
  readonly outputText: string;
  readonly status: 'SUCCESS' | 'WARNING' | 'ERROR';
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly costNanoUsd: number | null;
  readonly priceRow: string | null;
  readonly startedAt: Date;
  readonly finishedAt: Date;
};

/** How a log is named: by its number, by its id, or by that of the gateway's own row. */
export type LogName = number | string;

/** The log of a gateway's row, written if there is none, with what is told added to it. */
export async function noteOwn(
  sql: Sql,
  projectId: string,
  own: OwnCall,
  facts: ToldFacts | null,
): Promise<string> {
  const known = await findLogId(sql, projectId, own.requestId ?? own.responseId ?? '');
  if (known === null) {
    await insertLog(sql, {
      project_id: projectId,
      api_key_id: own.keyId,
      source: facts?.source ?? 'gateway',
      request_id: own.requestId,
      response_id: own.responseId,
      started_at: own.startedAt,
    });
  }
  const id = known ?? (await findLogId(sql, projectId, own.requestId ?? own.responseId ?? ''));
  if (id === null) throw new Error('A log that was just written is not there.');
  if (facts !== null) await addFactsTo(sql, id, facts);
  return id;
}

/** The log of a call made elsewhere; the one that there is where the same was told before. */
export async function insertTold(
  sql: Sql,
  owner: { readonly projectId: string; readonly keyId: string },
  call: ToldCall,
  facts: ToldFacts,
): Promise<string> {
  await insertLog(sql, {
    project_id: owner.projectId,
    api_key_id: owner.keyId,
    source: facts.source,
    call_hash: call.callHash,
    provider: call.provider,
    model: call.model === null ? null : cleanText(call.model),
    parameters: toJson(call.parameters),
    input: call.input === null ? null : toJson(call.input),
    output: toJson(call.output),
    input_text: cleanText(call.inputText),
    output_text: cleanText(call.outputText),
    status: call.status,
    input_tokens: call.inputTokens,
    output_tokens: call.outputTokens,
    cost_nano_usd: call.costNanoUsd,
    price_row: call.priceRow,
    started_at: call.startedAt,
    finished_at: call.finishedAt,
  });
  const id = await findLogByCall(sql, owner.projectId, call.callHash);
  if (id === null) throw new Error('A log that was just written is not there.');
  await addFactsTo(sql, id, facts);
  return id;
}

/** Null: nobody told of such a call. */
export async function findLogByCall(sql: Sql, projectId: string, callHash: string): Promise<string | null> {
  const row = await sql
    .selectFrom('request_logs')
    .where('project_id', '=', projectId)
    .where('call_hash', '=', callHash)
    .select('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

type NewLog = Omit<Insertable<Tables['request_logs']>, 'id' | 'number' | 'created_at'>;

async function insertLog(sql: Sql, values: NewLog): Promise<void> {
  const number = await takeNumber(sql, values.project_id, 'log');
  await sql
    .insertInto('request_logs')
    .values({ id: newId('log'), number, created_at: new Date(), ...values })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Adds what is told: keys of metadata replace their like, tags are joined, the rest counts where it was told. */
export async function addFactsTo(sql: Sql, id: string, facts: ToldFacts): Promise<void> {
  const { prompt } = facts;
  await sql
    .updateTable('request_logs')
    .set((by) => ({
      // A row that nobody told of before learns who tells.
      source: by.case().when('source', '=', 'gateway').then(facts.source).else(by.ref('source')).end(),
      ...(facts.functionName === undefined ? {} : { function_name: cleanText(facts.functionName) }),
      ...(facts.group === undefined ? {} : { group_number: facts.group }),
      ...(facts.spanId === undefined ? {} : { span_id: cleanText(facts.spanId) }),
      ...(facts.errorType === undefined ? {} : { error_type: cleanText(facts.errorType) }),
      ...(facts.errorMessage === undefined ? {} : { error_message: cleanText(facts.errorMessage) }),
      ...(prompt === undefined || prompt === null ? {} : toPromptColumns(prompt)),
      ...(facts.metadata === undefined
        ? {}
        : { metadata: raw<string>`metadata || ${toJson(facts.metadata)}::jsonb` }),
      ...(facts.tags === undefined
        ? {}
        : {
            tags: raw<string>`(select coalesce(jsonb_agg(distinct tag), '[]'::jsonb) from jsonb_array_elements(tags || ${toJson(facts.tags)}::jsonb) as tag)`,
          }),
    }))
    .where('id', '=', id)
    .execute();
  if (prompt !== undefined && prompt !== null) await tellLedger(sql, id, prompt.name);
}

/** Spend by prompt counts what was told afterwards as well. */
async function tellLedger(sql: Sql, id: string, promptName: string): Promise<void> {
  await sql
    .updateTable('ledger_entries')
    .set({ prompt_name: cleanText(promptName) })
    .where('prompt_name', 'is', null)
    .where(
      raw<SqlBool>`id in (
        select entry.id from request_logs log
        left join requests made on made.id = log.request_id or made.parent_id = log.response_id
        join ledger_entries entry on entry.request_id = made.id or entry.id = 'ent_' || substr(log.response_id, 6) || '_0'
        where log.id = ${id})`,
    )
    .execute();
}

function toPromptColumns(prompt: LoggedPrompt) {
  return {
    prompt_id: prompt.id,
    prompt_name: cleanText(prompt.name),
    prompt_version: prompt.version,
    prompt_label: prompt.label === null ? null : cleanText(prompt.label),
    prompt_variables: toJson(withoutBytes(prompt.variables)),
  };
}

/** The id of a log. Null: the project has none of this name. */
export async function findLogId(sql: Sql, projectId: string, name: LogName): Promise<string | null> {
  const inProject = sql.selectFrom('request_logs').where('project_id', '=', projectId).select('id');
  const row = await (typeof name === 'number'
    ? inProject.where('number', '=', name)
    : inProject.where((is) =>
        is.or([is('id', '=', name), is('request_id', '=', name), is('response_id', '=', name)]),
      )
  ).executeTakeFirst();
  return row?.id ?? null;
}

export async function addScore(sql: Sql, logId: string, score: Score): Promise<void> {
  await sql
    .insertInto('request_scores')
    .values({ log_id: logId, name: cleanText(score.name), value: score.value, created_at: new Date() })
    .onConflict((conflict) => conflict.columns(['log_id', 'name']).doUpdateSet({ value: score.value }))
    .execute();
}

/** A new group: its number. */
export async function insertGroup(sql: Sql, projectId: string): Promise<number> {
  const number = await takeNumber(sql, projectId, 'group');
  await sql
    .insertInto('request_groups')
    .values({ project_id: projectId, number, created_at: new Date() })
    .execute();
  return number;
}

export async function hasGroup(sql: Sql, projectId: string, number: number): Promise<boolean> {
  const row = await sql
    .selectFrom('request_groups')
    .where('project_id', '=', projectId)
    .where('number', '=', number)
    .select('number')
    .executeTakeFirst();
  return row !== undefined;
}

export async function findEntry(sql: Sql, projectId: string, logId: string): Promise<LogEntry | null> {
  const row = await sql
    .selectFrom('request_log_entries')
    .where('project_id', '=', projectId)
    .where('id', '=', logId)
    .selectAll()
    .executeTakeFirst();
  if (row === undefined) return null;
  return (await withScores(sql, [row]))[0] ?? null;
}

type EntryRow = Row<'request_log_entries'>;

export async function withScores(sql: Sql, rows: readonly EntryRow[]): Promise<LogEntry[]> {
  if (rows.length === 0) return [];
  const scores = await sql
    .selectFrom('request_scores')
    .where(
      'log_id',
      'in',
      rows.map((row) => row.id),
    )
    .orderBy('name')
    .selectAll()
    .execute();
  return rows.map((row) =>
    toEntry(
      row,
      scores.filter((score) => score.log_id === row.id),
    ),
  );
}

function toEntry(row: EntryRow, scores: readonly Score[]): LogEntry {
  return {
    id: row.id,
    number: row.number,
    projectId: row.project_id,
    keyId: row.api_key_id,
    source: row.source,
    requestId: row.request_id,
    responseId: row.response_id,
    functionName: row.function_name,
    provider: row.provider,
    model: row.model,
    parameters: row.parameters ?? {},
    input: row.input,
    output: row.output,
    inputText: row.input_text,
    outputText: row.output_text,
    prompt:
      row.prompt_id === null
        ? null
        : {
            id: row.prompt_id,
            name: row.prompt_name ?? '',
            version: row.prompt_version,
            label: row.prompt_label,
            variables: row.prompt_variables ?? {},
          },
    tags: row.tags,
    metadata: row.metadata,
    group: row.group_number,
    scores: scores.map(({ name, value }) => ({ name, value })),
    status: row.status,
    errorType: row.error_type,
    errorMessage: row.error_message,
    inputTokens: row.input_tokens,
    outputTokens: row.output_tokens,
    costNanoUsd: row.cost_nano_usd,
    spanId: row.span_id,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    latencyMs: row.latency_ms,
  };
}

function toJson(value: unknown): string {
  return JSON.stringify(cleanJson(value));
}
