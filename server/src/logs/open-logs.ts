import type { RequestChange } from '@pictor/api';
import type { Caller } from '../access/index.ts';
import { askDatabase } from '../database/index.ts';
import { PictorError } from '../foundation/index.ts';
import { hashBytes } from '../storage/index.ts';
import { readOutputs } from './blueprint/read-outputs.ts';
import type { LogEntry, Score, ToldFacts } from './log-entry.ts';
import { adoptOwnCalls } from './rows/adopt-queries.ts';
import {
  addFactsTo,
  addScore,
  findEntry,
  findLogByCall,
  findLogId,
  hasGroup,
  insertGroup,
  type LogName,
  noteOwn,
} from './rows/log-queries.ts';
import { changeNotes } from './rows/note-change-queries.ts';
import { findOwnCall, guessOwnCall, type OwnCall } from './rows/own-queries.ts';
import { type Analysis, analyse } from './search/analyse.ts';
import type { LogQuery } from './search/filter.ts';
import { type FoundLogs, searchLogs, suggestValues } from './search/search-queries.ts';
import { insertSpans, listSpans, type Span } from './search/span-queries.ts';
import { type ClientCall, hashCall, type TellParts, tellCall } from './tell-call.ts';
import { type Blueprint, toBlueprint } from './to-blueprint.ts';
import { isWire } from './wire.ts';

/** What people keep about calls: numbers, metadata, tags, scores, groups; and calls that were made elsewhere. */
export type Logs = {
  /** The log of a gateway's own call, with what is told of it. Null: the project has no such row. */
  readonly note: (projectId: string, ownId: string, facts: ToldFacts) => Promise<LogEntry | null>;
  /**
   * A call that a client tells of. Where this server made it, its own row is meant, and there is no second one; where
   * it was told before, nothing is written. `body` is what the client sent, whole.
   */
  readonly tell: (caller: Caller, body: unknown, call: ClientCall) => Promise<LogEntry>;
  /** By its number, by its id, or by that of the gateway's own row. Throws `not_found`. */
  readonly find: (projectId: string, name: LogName) => Promise<LogEntry>;
  /** Throws `not_found`, and `invalid_value` for a score that is not 0 to 100. */
  readonly score: (projectId: string, name: LogName, score: Score) => Promise<void>;
  /** Throws `not_found`, also where there is no such group. */
  readonly change: (projectId: string, name: LogName, facts: ToldFacts) => Promise<LogEntry>;
  /** What a person notes of a request. False: there is none. Throws `not_found` where there is no such group. */
  readonly changeNotes: (projectId: string, requestId: string, change: RequestChange) => Promise<boolean>;
  readonly newGroup: (projectId: string) => Promise<number>;
  readonly blueprint: (entry: LogEntry, linkTo: (imageId: string) => string) => Promise<Blueprint>;
  readonly search: (projectId: string, query: LogQuery) => Promise<FoundLogs>;
  readonly suggest: (projectId: string, field: string, prefix: string) => Promise<readonly string[]>;
  readonly analyse: (projectId: string, query: LogQuery) => Promise<Analysis>;
  /** Keeps spans of traces; those of the same id replace their like. */
  readonly keepSpans: (projectId: string, spans: readonly Span[]) => Promise<void>;
  readonly spans: (projectId: string, traceId: string) => Promise<readonly Span[]>;
};

export function openLogs(parts: TellParts): Logs {
  const { sql } = parts.database;

  const find = async (projectId: string, name: LogName): Promise<LogEntry> => {
    const id = (await findLogId(sql, projectId, name)) ?? (await adoptOne(projectId, name));
    const entry = id === null ? null : await findEntry(sql, projectId, id);
    return entry ?? fail(`There is no request '${String(name).slice(0, 60)}' in your project.`);
  };
  const adoptOne = async (projectId: string, name: LogName): Promise<string | null> => {
    const own = typeof name === 'string' ? await findOwnCall(sql, projectId, name) : null;
    return own === null ? null : await noteOwn(sql, projectId, own, null);
  };
  const noteCall = async (projectId: string, own: OwnCall, facts: ToldFacts): Promise<LogEntry> => {
    const id = await sql.transaction().execute((transaction) => noteOwn(transaction, projectId, own, facts));
    return await find(projectId, id);
  };

  return {
    find,
    note: async (projectId, ownId, facts) => {
      const own = await findOwnCall(sql, projectId, ownId);
      return own === null ? null : await noteCall(projectId, own, await withKnownGroup(projectId, facts));
    },
    tell: async (caller, body, call) => {
      const { projectId } = caller;
      const facts = await withKnownGroup(projectId, call.facts);
      const callHash = hashCall(caller, body);
      const told = await findLogByCall(sql, projectId, callHash);
      if (told !== null) return await find(projectId, told);
      const own = await findOwn(caller, call);
      if (own !== null) return await noteCall(projectId, own, facts);
      return await find(projectId, await tellCall(parts, caller, callHash, { ...call, facts }));
    },
    score: async (projectId, name, score) => {
      if (!(score.value >= 0 && score.value <= 100)) throw wrongScore();
      await addScore(sql, (await find(projectId, name)).id, score);
    },
    changeNotes: async (projectId, requestId, change) => {
      const { group } = change;
      if (group !== undefined && group !== null) await requireGroup(projectId, group);
      return await askDatabase(changeNotes(sql, projectId, requestId, change));
    },
    change: async (projectId, name, facts) => {
      const entry = await find(projectId, name);
      if (facts.group !== undefined) await requireGroup(projectId, facts.group);
      const { requestId, responseId, keyId, startedAt } = entry;
      if (requestId !== null || responseId !== null) {
        return await noteCall(projectId, { requestId, responseId, keyId, startedAt }, facts);
      }
      await sql.transaction().execute((transaction) => addFactsTo(transaction, entry.id, facts));
      return await find(projectId, entry.id);
    },
    newGroup: (projectId) => sql.transaction().execute((transaction) => insertGroup(transaction, projectId)),
    blueprint: (entry, linkTo) => toBlueprint(sql, entry, linkTo),
    search: async (projectId, query) => {
      await adoptOwnCalls(sql, projectId);
      return await searchLogs(sql, projectId, query);
    },
    suggest: async (projectId, field, prefix) => {
      await adoptOwnCalls(sql, projectId);
      return await suggestValues(sql, projectId, field, prefix);
    },
    analyse: async (projectId, query) => {
      await adoptOwnCalls(sql, projectId);
      return await analyse(sql, projectId, query);
    },
    keepSpans: (projectId, spans) => insertSpans(sql, projectId, spans),
    spans: (projectId, traceId) => listSpans(sql, projectId, traceId),
  };

  async function requireGroup(projectId: string, group: number): Promise<void> {
    if (!(await hasGroup(sql, projectId, group)))
      fail(`There is no group ${group} in your project.`, 'group');
  }

  /** A group that is not there must not make the tracking of a paid picture fail. */
  async function withKnownGroup(projectId: string, facts: ToldFacts): Promise<ToldFacts> {
    if (facts.group === undefined || (await hasGroup(sql, projectId, facts.group))) return facts;
    return { ...facts, group: undefined };
  }

  /** The gateway's own row of a call, by the id that its answer names, or by what is known of it. */
  async function findOwn(caller: Caller, call: ClientCall): Promise<OwnCall | null> {
    const outputs = readOutputs(call.output, {});
    const named = outputs.requestId ?? outputs.responseId;
    const own = named === null ? null : await findOwnCall(sql, caller.projectId, named);
    if (own !== null || named !== null) return own;
    const first = outputs.parts.find((part) => part.type === 'picture');
    const base64 = first !== undefined && 'base64' in first.from ? first.from.base64 : null;
    const prompt = isWire(call.input) && typeof call.input.prompt === 'string' ? call.input.prompt : null;
    if (base64 === null && call.status !== 'ERROR') return null;
    return await guessOwnCall(sql, caller.projectId, {
      keyId: caller.keyId,
      startedAt: call.startedAt,
      finishedAt: call.finishedAt,
      hash: base64 === null ? null : hashBytes(Buffer.from(base64, 'base64')),
      prompt,
      model: call.model,
    });
  }
}

function wrongScore(): PictorError {
  return new PictorError({
    code: 'invalid_value',
    message: 'A score is a number from 0 to 100.',
    param: 'score',
  });
}

function fail(message: string, param = 'request_id'): never {
  throw new PictorError({ code: 'not_found', message, param });
}
