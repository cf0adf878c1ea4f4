import { stderr, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { repriceAll } from '../server/src/house.ts';
import { type RepriceReport, readTime } from '../server/src/ledger/index.ts';
import { readSettings } from '../server/src/settings.ts';

const usage = `Prices what was booked anew, by the prices that hold now: those of this release, and your own in pictor.yaml.

  npm run reprice -- --from 2026-11-01 [--to 2026-11-30] [--apply]

Shows the difference and writes nothing, unless --apply is there. With the embedded database, stop Pictor first.
`;

await main();

async function main(): Promise<void> {
  try {
    const asked = readArguments();
    const report = await repriceAll(readSettings(), asked);
    stdout.write(
      `${describe(report)}\n${asked.apply ? 'The corrections are written.' : 'Nothing was written. Add --apply to write corrections.'}\n`,
    );
  } catch (error) {
    stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exitCode = 1;
  }
}

function readArguments() {
  const { values } = parseArgs({
    options: { from: { type: 'string' }, to: { type: 'string' }, apply: { type: 'boolean', default: false } },
  });
  const from = readTime(values.from, 'from');
  if (from === undefined) throw new Error('Say from which day on: --from 2026-11-01.');
  return { from, to: readTime(values.to, 'to') ?? new Date(), apply: values.apply };
}

function describe({ entries, kept, lines }: RepriceReport): string {
  const told = lines.map(
    (line) =>
      `  ${line.provider} ${line.model}: ${line.changed} entries (${line.wereUnknown} were unknown), ${usd(line.beforeNanoUsd)} -> ${usd(line.afterNanoUsd)}, ${usd(line.afterNanoUsd - line.beforeNanoUsd, true)}`,
  );
  const difference = lines.reduce((sum, line) => sum + line.afterNanoUsd - line.beforeNanoUsd, 0);
  return [
    `${entries} entries were looked at.`,
    ...told,
    `Difference in all: ${usd(difference, true)}`,
    ...(kept === 0 ? [] : [`${kept} entries have no price now, and keep the cost that they have.`]),
  ].join('\n');
}

function usd(nanoUsd: number, signed = false): string {
  return `${signed && nanoUsd >= 0 ? '+' : ''}${(nanoUsd / 1e9).toFixed(9)} USD`;
}
