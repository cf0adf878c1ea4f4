import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildWeb } from './build-web.mjs';
import { findChromium } from './find-chromium.mjs';
import { childEnvironment, main, programFolder, runCommand, Stop } from './run-command.mjs';
import { setUp } from './set-up.mjs';

await main(async () => {
  const chromium = findChromium();
  await setUp();
  await timed('web app', buildWeb);
  await check('format and lint', 'biome', ['ci', '--colors=off', '.']);
  await check('types', 'tsc', ['-p', '.']);
  await check('walls', 'node', ['scripts/check-walls.ts']);
  await check('dead code', 'knip', ['--no-progress']);
  const count = await timed('tests', () => runTests(process.argv.slice(2), chromium));
  process.exitCode = count.exitCode;
  process.stdout.write(`\n${count.passed} passed, ${count.failed} failed\n`);
});

/** Prints a heading, does the work, and prints how long it took. */
async function timed(title, work) {
  process.stdout.write(`\n── ${title}\n`);
  const startMs = performance.now();
  const result = await work();
  process.stdout.write(`   ${title}: ${((performance.now() - startMs) / 1000).toFixed(1)} s\n`);
  return result;
}

/** One check that passes when its program ends with 0; the first that fails ends the run. */
function check(title, program, args) {
  return timed(title, async () => {
    const code = await runCommand(path.join(programFolder, program), args);
    if (code !== 0) throw new Stop(code, `\nStopped at the first check that failed: ${title}.`);
  });
}

/**
 * Runs Vitest and counts. The arguments are Vitest's own: a file name, `-t "part of a title"`. V8 ends a process now and
 * then that opens the embedded database often (nodejs/node#64500), and with it the tests of one file, of which nothing
 * is known then: where nothing else went wrong, that file runs once more.
 */
async function runTests(vitestArgs, chromium) {
  const first = await runVitest(vitestArgs, chromium);
  const lost = first.failed === first.lost.length ? first.lost : [];
  if (lost.length === 0) return first;
  process.stdout.write(`\nTheir process was ended by a signal; once more: ${lost.join(', ')}\n`);
  const second = await runVitest(lost, chromium);
  return { ...second, passed: first.passed + second.passed };
}

async function runVitest(vitestArgs, chromium) {
  const folder = mkdtempSync(path.join(tmpdir(), 'pictor-tests-'));
  try {
    const report = path.join(folder, 'report.json');
    const exitCode = await runCommand(
      path.join(programFolder, 'vitest'),
      ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...vitestArgs],
      childEnvironment({ PICTOR_CHROMIUM: chromium }),
    );
    return { exitCode, ...countTests(report, exitCode) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A test file that could not be loaded, and an error outside any test, count as one failure. */
function countTests(reportFile, exitCode) {
  let report;
  try {
    report = JSON.parse(readFileSync(reportFile, 'utf8'));
  } catch {
    return { passed: 0, failed: 1, lost: [] };
  }
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  const failed = report.numFailedTests + unloaded.length;
  // Tests that were begun and never ended; none is skipped on purpose.
  const lost = unloaded.filter((file) => file.assertionResults.some((test) => test.status === 'pending'));
  return {
    passed: report.numPassedTests,
    failed: exitCode === 0 ? failed : Math.max(failed, 1),
    lost: lost.map((file) => file.name),
  };
}
