import path from 'node:path';
import { childEnvironment, main, programFolder, runCommand, Stop } from './run-command.mjs';
import { setUp } from './set-up.mjs';

/** `node run-tool.mjs scripts/some-tool.ts …`: installs what is missing, and runs the tool with Node 24. */
await main(async () => {
  const [tool, ...args] = process.argv.slice(2);
  if (tool === undefined) throw new Stop(64, 'Say which tool to run.');
  await setUp();
  process.exitCode = await runCommand(path.join(programFolder, 'node'), [tool, ...args], childEnvironment());
});
