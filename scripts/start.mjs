import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { buildWeb } from './build-web.mjs';
import { childEnvironment, main, programFolder, projectFolder, runCommand } from './run-command.mjs';
import { serverFlags } from './server-flags.mjs';
import { setUp } from './set-up.mjs';

await main(async () => {
  process.chdir(projectFolder);
  await setUp();
  await buildWeb();
  const environmentFile = path.join(projectFolder, '.env');
  await becomeServer(realpathSync(path.join(programFolder, 'node')), [
    ...serverFlags,
    ...(existsSync(environmentFile) ? [`--env-file-if-exists=${environmentFile}`] : []),
    path.join(projectFolder, 'server', 'src', 'main.ts'),
    ...process.argv.slice(2),
  ]);
});

/**
 * Hands this process over to the server. From the second start on, npm finds Node 24 first and the server
 * takes this process's place, so that a signal needs no messenger. An older Node stays and passes signals on.
 */
async function becomeServer(node, args) {
  if (process.execve !== undefined) process.execve(node, [node, ...args], childEnvironment());
  process.exitCode = await runCommand(node, args);
}
