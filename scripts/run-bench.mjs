import { existsSync } from 'node:fs';
import path from 'node:path';
import { childEnvironment, main, programFolder, projectFolder, runCommand, Stop } from './run-command.mjs';
import { setUp } from './set-up.mjs';

const benchFolder = path.join(projectFolder, 'bench');
const docsFolder = path.join(projectFolder, 'docs');

/** `npm run bench`: installs what only the benchmark needs, once, and writes docs/benchmarks.md and its plot. */
await main(async () => {
  await setUp();
  if (!existsSync(path.join(benchFolder, 'node_modules', '@portkey-ai', 'gateway'))) {
    const code = await runCommand('npm', [
      'ci',
      '--prefix',
      benchFolder,
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
    ]);
    if (code !== 0) throw new Stop(code, `npm ci in bench failed with exit code ${code}.`);
  }
  const args = process.argv.slice(2);
  const out = args.length === 0 ? ['--out', docsFolder] : [];
  process.exitCode = await runCommand(
    path.join(programFolder, 'node'),
    [path.join(benchFolder, 'src', 'run-bench.ts'), ...args, ...out],
    childEnvironment(),
  );
});
