import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { childEnvironment, programFolder, projectFolder, runCommand, Stop } from './run-command.mjs';

const lockFile = path.join(projectFolder, 'package-lock.json');
const installedFile = path.join(projectFolder, 'node_modules', '.package-lock.json');
const stampFile = path.join(projectFolder, 'node_modules', '.pictor-lock-hash');

/**
 * Makes sure that node_modules is what package-lock.json says, and runs `npm ci` if it is not.
 * Costs a few milliseconds when there is nothing to do. Throws `Stop` with npm's exit code.
 */
export async function setUp() {
  const lock = readFileSync(lockFile);
  const lockHash = createHash('sha256').update(lock).digest('hex');
  const hasNode = existsSync(path.join(programFolder, 'node'));
  if (hasNode && readIfThere(stampFile) === lockHash) return;
  if (!hasNode || !holdsEverything(JSON.parse(lock.toString('utf8')))) await installPackages();
  // Written last: an installation that was cut short leaves no stamp, and the next run starts over.
  writeFileSync(stampFile, lockHash);
}

/** Whether someone already installed all that the lock file asks for, for example with `npm install`. */
function holdsEverything(lock) {
  const text = readIfThere(installedFile);
  if (text === undefined) return false;
  const installed = JSON.parse(text).packages ?? {};
  return Object.entries(lock.packages).every(
    ([place, wanted]) =>
      // Optional packages are for other machines' processors; npm leaves them out.
      !place.startsWith('node_modules/') || wanted.optional || installed[place]?.version === wanted.version,
  );
}

async function installPackages() {
  process.stdout.write('Installing packages (npm ci), once per change of package-lock.json …\n');
  // `--include=dev` because Node 24 itself is a dev dependency, and NODE_ENV=production would drop it.
  const code = await runNpm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) throw new Stop(code, `npm ci failed with exit code ${code}; nothing was started.`);
}

/** Runs npm with a Node from outside node_modules, because `npm ci` deletes the one inside. */
function runNpm(args) {
  const outside = (process.env.PATH ?? '').split(path.delimiter).filter((entry) => entry !== programFolder);
  const env = { ...childEnvironment(), PATH: outside.join(path.delimiter) };
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  const nodeIsOutside = node !== undefined && !node.startsWith(path.join(projectFolder, 'node_modules'));
  return npm?.endsWith('.js') && nodeIsOutside
    ? runCommand(node, [npm, ...args], env)
    : runCommand('npm', args, env);
}

function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
