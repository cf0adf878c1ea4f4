import type { SpendGroup } from '@pictor/sdk';
import type { Command } from '../command.ts';
import { CommandError, exitCodes } from '../exit-codes.ts';
import { formatUsd, writeTable } from '../write-table.ts';

const groups: readonly SpendGroup[] = ['day', 'project', 'key', 'model', 'provider', 'prompt', 'tag'];

export const spend: Command = {
  name: 'spend',
  usage: '[options]',
  summary: 'Tells what was spent.',
  details: ['What is unknown is counted, and is in no sum.'],
  options: {
    by: { type: 'string', short: 'b', value: 'WORD', help: `${groups.join(', ')}. Default: day.` },
    from: { type: 'string', value: 'DAY', help: 'First day, such as 2026-11-01. Default: 30 days ago.' },
    to: { type: 'string', value: 'DAY', help: 'Last day. Default: today.' },
  },
  examples: ['pictor spend', 'pictor spend --by model --from 2026-11-01', 'pictor spend --by tag --json'],
  words: [0, 0],
  run: async (values, { json, pictor, signal, terminal }) => {
    const by = values.text('by') ?? 'day';
    const groupBy = groups.find((group) => group === by);
    if (groupBy === undefined) {
      throw new CommandError(`--by takes ${groups.join(', ')}, not '${by}'.`, exitCodes.usage);
    }
    const period = { from: values.text('from'), to: values.text('to') };
    const answer = await pictor.spend.get({ groupBy, ...period }, { signal });
    if (json) {
      terminal.printJson(answer);
      return exitCodes.done;
    }
    const row = (name: string, sums: (typeof answer)['total']): string[] => [
      name,
      formatUsd(sums.cost),
      String(sums.images),
      String(sums.entries),
      sums.unknown_count === 0 ? '' : String(sums.unknown_count),
    ];
    const rows = answer.data.map(({ group, ...sums }) => row(group ?? '(none)', sums));
    terminal.print(
      writeTable([by, 'cost', 'images', 'calls', 'unknown'], [...rows, row('total', answer.total)]),
    );
    return exitCodes.done;
  },
};
