import type { EvaluationRow, EvaluationRun } from '@pictor/sdk';

/** A run as JUnit XML, as build servers read it: a suite with a case for each row. */
export function writeJunit(name: string, run: EvaluationRun, rows: readonly EvaluationRow[]): string {
  const inOrder = rows.toSorted((left, right) => left.position - right.position);
  const count = (...verdicts: readonly (string | null)[]): number =>
    rows.filter(({ verdict }) => verdicts.includes(verdict)).length;
  const seconds = Math.max(0, (run.finished_at ?? run.created_at) - run.created_at);
  const facts = `tests="${rows.length}" failures="${count('fail')}" errors="${count('error')}" skipped="${count('skipped', null)}" time="${seconds}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="pictor" ${facts}>`,
    `  <testsuite name="${escapeXml(name)}" ${facts}>`,
    `    <properties><property name="run" value="${escapeXml(run.id)}"/></properties>`,
    ...inOrder.map((row) => writeCase(name, run, row)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function writeCase(name: string, run: EvaluationRun, row: EvaluationRow): string {
  const seconds = row.cells.reduce((sum, cell) => sum + (cell.duration_ms ?? 0), 0) / 1000;
  const title = Object.values(row.values).find((value) => typeof value === 'string' && value !== '');
  const head = `<testcase classname="${escapeXml(name)}" name="${escapeXml(`row ${row.position + 1}: ${String(title ?? row.id).slice(0, 80)}`)}" time="${seconds.toFixed(3)}">`;
  return `    ${head}${writeOutcome(run, row)}</testcase>`;
}

function writeOutcome(run: EvaluationRun, row: EvaluationRow): string {
  const told = explain(run, row);
  switch (row.verdict) {
    case 'pass':
      return '';
    case 'warn':
      return `<system-out>${escapeXml(told)}</system-out>`;
    case 'fail':
      return `<failure message="${escapeXml(told)}"/>`;
    case 'error':
      return `<error message="${escapeXml(told)}"/>`;
    default:
      return `<skipped message="${escapeXml(told)}"/>`;
  }
}

function explain(run: EvaluationRun, row: EvaluationRow): string {
  const errors = row.cells.flatMap(({ column, error }) => {
    const name = run.columns.find(({ id }) => id === column)?.name ?? column;
    return error === null ? [] : [`${name}: ${error.message}`];
  });
  const steps = row.steps
    .filter(({ verdict }) => verdict !== 'pass')
    .map(
      ({ score, title, verdict }) => `${title}: ${verdict}${score === null ? '' : ` (${score.toFixed(2)})`}`,
    );
  return [...steps, ...errors].join('; ').slice(0, 1_000);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Characters that XML cannot hold at all become U+FFFD. */
function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
