import { writeFile } from 'node:fs/promises';
import type { EvaluationRow, EvaluationRun, Pictor } from '@pictor/sdk';
import type { Command, Context, Values } from '../command.ts';
import { CommandError, exitCodes } from '../exit-codes.ts';
import { writeJunit } from '../write-junit.ts';
import { formatUsd, writeTable } from '../write-table.ts';

const pageRows = 200;
const shownRows = 20;

export const evaluate: Command = {
  name: 'evaluate',
  usage: 'EVALUATION [options]',
  summary: 'Runs an evaluation, and fails where it does not pass.',
  details: [
    'Ends with 0 where it passed, with 1 where it did not, and with 75 where people still have to rate.',
    'A run goes on when this command is ended; --run follows it again.',
  ],
  options: {
    prompt: {
      type: 'string',
      short: 'p',
      value: 'NAME[@VERSION]',
      multiple: true,
      help: 'Runs this version, or label, of a prompt. Default: the newest.',
    },
    dataset: { type: 'string', value: 'N', help: 'Version of the dataset. Default: that of the evaluation.' },
    rows: { type: 'string', value: 'N', help: 'Only the first rows.' },
    cap: { type: 'string', value: 'USD', help: 'What it may cost.' },
    run: { type: 'string', value: 'ID', help: 'Waits for a run that began already.' },
    warn: { type: 'boolean', help: 'A warning passes, too.' },
    junit: {
      type: 'string',
      value: 'FILE',
      help: 'Writes the rows as JUnit XML, for continuous integration.',
    },
  },
  examples: [
    'pictor evaluate posters',
    'pictor evaluate posters --prompt poster@7 --junit report.xml',
    'pictor evaluate posters --prompt poster@candidate --cap 2.50 --warn',
  ],
  words: [1, 1],
  run: async (values, context) => {
    const { json, pictor, terminal } = context;
    const run = await follow(values, context);
    const rows = await readRows(pictor, run.id, context.signal);
    const file = values.text('junit');
    if (file !== undefined) await writeReport(file, writeJunit(values.positionals[0] ?? '', run, rows));
    if (json) terminal.printJson({ run, rows });
    else terminal.print(describe(run, rows));
    return exitCodeFor(run, values.isSet('warn'));
  },
};

/** Begins a run, or finds the one that is named, and waits for its end. */
async function follow(values: Values, { json, pictor, signal, terminal }: Context): Promise<EvaluationRun> {
  const known = values.text('run');
  const begun =
    known === undefined
      ? await pictor.evaluations.run(values.positionals[0] ?? '', readWish(values), { signal })
      : await pictor.evaluations.runs.get(known, { signal });
  if (!json) terminal.note(`Run ${begun.id}`);
  const run = await pictor.evaluations.runs.wait(begun.id, {
    signal,
    onProgress: (now) => terminal.progress(tellProgress(now)),
  });
  terminal.endProgress();
  return run;
}

function tellProgress({ cost, progress }: EvaluationRun): string {
  const ended = progress.done + progress.failed + progress.skipped + progress.waiting;
  const left = progress.seconds_left === null ? '' : `, ${Math.ceil(progress.seconds_left)} s left`;
  return `${ended} of ${progress.cells} cells, ${formatUsd(cost)}${left}`;
}

function readWish(values: Values) {
  const [dataset, rows] = [values.integer('dataset'), values.integer('rows')];
  const cap = values.text('cap');
  const prompts = Object.fromEntries(values.texts('prompt').flatMap(readPrompt));
  return {
    ...(Object.keys(prompts).length === 0 ? {} : { prompts }),
    ...(dataset === undefined ? {} : { dataset_version: dataset }),
    ...(rows === undefined ? {} : { rows }),
    ...(cap === undefined ? {} : { cost_cap: readUsd(cap) }),
  };
}

/** `name`, `name@7` or `name@label`; without a version it says nothing. */
function readPrompt(text: string): [string, string | number][] {
  const at = text.lastIndexOf('@');
  if (at < 1) return [];
  const version = text.slice(at + 1);
  return [[text.slice(0, at), /^[1-9]\d{0,8}$/.test(version) ? Number(version) : version]];
}

function readUsd(text: string): number {
  const usd = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(usd))
    throw new CommandError(`--cap takes USD, such as 2.50, not '${text}'.`, exitCodes.usage);
  return usd;
}

async function readRows(pictor: Pictor, run: string, signal: AbortSignal): Promise<readonly EvaluationRow[]> {
  const rows: EvaluationRow[] = [];
  for (;;) {
    const query = { limit: pageRows, offset: rows.length, sort: 'worst' } as const;
    const page = await pictor.evaluations.runs.rows(run, query, { signal });
    rows.push(...page.data);
    if (page.data.length < pageRows || rows.length >= page.total) return rows;
  }
}

async function writeReport(file: string, text: string): Promise<void> {
  await writeFile(file, text).catch((cause: unknown) => {
    throw new CommandError(`${file} cannot be written: ${String(cause)}`, exitCodes.cannotWrite);
  });
}

function describe(run: EvaluationRun, rows: readonly EvaluationRow[]): string {
  const steps = run.steps.map((step) => [
    step.title,
    percent(step.score),
    step.verdict,
    step.required ? 'required' : '',
  ]);
  const worst = rows.filter(({ verdict }) => verdict !== 'pass').slice(0, shownRows);
  const told = worst.map((row) => [
    String(row.position + 1),
    row.verdict ?? 'open',
    percent(row.score),
    reasonOf(run, row),
  ]);
  const { done, failed, skipped, waiting } = run.progress;
  return [
    writeTable(
      ['step', 'score', 'verdict', ''],
      [...steps, ['all', percent(run.score), run.verdict ?? 'open', '']],
    ),
    ...(told.length === 0 ? [] : ['', writeTable(['row', 'verdict', 'score', 'because'], told)]),
    '',
    `${run.status}: ${done} cells done, ${failed} failed, ${skipped} skipped, ${waiting} waiting; ${formatUsd(run.cost)}.`,
  ].join('\n');
}

/** What counts most of what went wrong. */
function reasonOf(run: EvaluationRun, row: EvaluationRow): string {
  const broken = row.cells.find(({ error }) => error !== null);
  const name = run.columns.find(({ id }) => id === broken?.column)?.name;
  if (broken?.error != null && row.verdict !== 'fail')
    return `${name ?? broken.column}: ${broken.error.message}`;
  const bad = row.steps.filter(({ verdict }) => verdict !== 'pass');
  return bad.map(({ score, title }) => `${title} ${percent(score)}`).join(', ');
}

function percent(score: number | null): string {
  return score === null ? '' : `${(score * 100).toFixed(1)} %`;
}

function exitCodeFor(run: EvaluationRun, isWarnEnough: boolean): number {
  if (run.status === 'waiting') return exitCodes.tryLater;
  const isThrough = run.verdict === 'pass' || (isWarnEnough && run.verdict === 'warn');
  return run.status === 'completed' && isThrough ? exitCodes.done : exitCodes.failed;
}
