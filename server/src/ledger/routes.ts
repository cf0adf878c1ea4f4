import { Readable } from 'node:stream';
import { type Access, needs, requireCaller } from '../access/index.ts';
import { askDatabase } from '../database/index.ts';
import type { HttpReply, HttpServer } from '../http/index.ts';
import { listEntries } from './entry-queries.ts';
import { ledgerCsv, spendCsv } from './export-csv.ts';
import { readGroup, readLedgerPage, readPeriod, wantsCsv, wantsDays } from './read-query.ts';
import { sumAll, sumByDayAndGroup, sumByGroup } from './spend-queries.ts';
import type { LedgerDatabase } from './tables.ts';
import { toEntryView, toSumsView } from './to-views.ts';

export type LedgerParts = { readonly access: Access; readonly database: LedgerDatabase };

type Asked = { Querystring: Record<string, unknown> };

/** What was spent, and the entries that it is the sum of. */
export function addLedgerRoutes(server: HttpServer, { access, database }: LedgerParts): void {
  server.get<Asked>('/api/spend', needs('read', 'manage'), async (request, reply) => {
    const caller = await requireCaller(access, request);
    const groupBy = readGroup(request.query);
    const { from, to } = readPeriod(request.query, new Date());
    const isCsv = wantsCsv(request.query);
    const isByDay = wantsDays(request.query);
    // The root key stands above all projects, and compares them.
    const everywhere = groupBy === 'project' && caller.scopes.includes('root');
    const query = { projectId: everywhere ? null : caller.projectId, from, to };
    const rows = await askDatabase(sumByGroup(database, query, groupBy));
    if (isCsv) return sendCsv(reply, 'spend', spendCsv(groupBy, rows));
    const days = isByDay ? await askDatabase(sumByDayAndGroup(database, query, groupBy)) : null;
    const total = await askDatabase(sumAll(database, query));
    return reply.header('cache-control', 'no-store').send({
      object: 'spend',
      group_by: groupBy,
      from: from.toISOString(),
      to: to.toISOString(),
      data: rows.map(toSumsView),
      ...(days === null ? {} : { days: days.map(toSumsView) }),
      total: toSumsView(total),
    });
  });

  server.get<Asked>('/api/ledger', needs('read', 'manage'), async (request, reply) => {
    const { projectId } = await requireCaller(access, request);
    const page = readLedgerPage(request.query);
    if (wantsCsv(request.query)) return sendCsv(reply, 'ledger', ledgerCsv(database, projectId, page));
    const { data, hasMore } = await askDatabase(listEntries(database, projectId, page));
    return reply.header('cache-control', 'no-store').send({
      object: 'list',
      data: data.map(toEntryView),
      has_more: hasMore,
      last_id: data.at(-1)?.id ?? null,
    });
  });
}

function sendCsv(reply: HttpReply, name: string, lines: Iterable<string> | AsyncIterable<string>): HttpReply {
  return reply
    .header('cache-control', 'no-store')
    .header('content-type', 'text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}.csv"`)
    .send(Readable.from(lines, { objectMode: false }));
}
