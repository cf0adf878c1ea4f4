import type { RequestFilterGroup, RequestSummary } from '@pictor/sdk';
import type { Command, Values } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { formatSeconds, formatUsd, shorten, writeTable } from '../write-table.ts';

const defaultLimit = 20;

export const searchRequests: Command = {
  name: 'requests search',
  usage: '["WORDS"] [options]',
  summary: 'Finds requests by words in prompts, revised prompts and answers, and by their facts.',
  details: ['Words as in: otter -river "red cap" OR fox. Newest first.'],
  options: {
    model: { type: 'string', short: 'm', value: 'NAME', help: 'Of this model.' },
    status: { type: 'string', value: 'WORD', help: 'running, succeeded, failed, interrupted or cancelled.' },
    tag: { type: 'string', short: 't', value: 'WORD', multiple: true, help: 'With this tag; all of them.' },
    prompt: { type: 'string', value: 'NAME', help: 'Of this saved prompt.' },
    from: { type: 'string', value: 'TIME', help: 'Later than this day or ISO time.' },
    to: { type: 'string', value: 'TIME', help: 'Earlier than this day or ISO time.' },
    limit: { type: 'string', short: 'l', value: 'N', help: `How many at most. Default: ${defaultLimit}.` },
  },
  examples: [
    'pictor requests search',
    'pictor requests search "otter OR beaver" --status succeeded',
    'pictor requests search --tag shop --from 2026-11-01 --limit 500 --json',
  ],
  words: [0, 1],
  run: async (values, { json, pictor, signal, terminal }) => {
    const [q] = values.positionals;
    const most = values.integer('limit') ?? defaultLimit;
    const filters = readFilters(values);
    const body = {
      ...(q === undefined ? {} : { q }),
      ...(filters.length === 0 ? {} : { filter_group: { logic: 'AND' as const, filters } }),
      limit: Math.min(most, 200),
    };
    const found: RequestSummary[] = [];
    for await (const request of pictor.requests.searchAll(body, { signal })) {
      found.push(request);
      if (found.length >= most) break;
    }
    if (json) terminal.printJson(found);
    else terminal.print(found.length === 0 ? 'Nothing fits.' : writeTable(heads, found.map(toRow)));
    return exitCodes.done;
  },
};

const heads = ['request', 'at', 'status', 'model', 'time', 'cost', 'prompt'];

function toRow(request: RequestSummary): string[] {
  return [
    request.id,
    new Date(request.created_at * 1000).toISOString().slice(0, 16).replace('T', ' '),
    request.status,
    request.model,
    formatSeconds(request.duration_ms),
    formatUsd(request.cost),
    shorten(request.prompt, 60),
  ];
}

function readFilters(values: Values): RequestFilterGroup['filters'] {
  const is = (name: string, field: 'model_id' | 'status' | 'prompt_name') => {
    const value = values.text(name);
    return value === undefined ? [] : [{ field, operator: 'is' as const, value }];
  };
  const time = (name: string, operator: 'after' | 'before') => {
    const value = values.text(name);
    return value === undefined ? [] : [{ field: 'created_at' as const, operator, value }];
  };
  return [
    ...is('model', 'model_id'),
    ...is('status', 'status'),
    ...is('prompt', 'prompt_name'),
    ...values.texts('tag').map((value) => ({ field: 'tags' as const, operator: 'contains' as const, value })),
    ...time('from', 'after'),
    ...time('to', 'before'),
  ];
}
