import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const projectFolder = fileURLToPath(new URL('../../../', import.meta.url));

/** A project of somebody else's, in which the packed client is installed. */
export type ForeignProject = {
  readonly path: string;
  /** Writes a file there. */
  readonly write: (name: string, text: string) => Promise<string>;
  readonly remove: () => Promise<void>;
};

/** Packs the client as `npm publish` would, in a copy of this repository, and unpacks it as `npm install` would. */
export async function installPackedSdk(): Promise<ForeignProject> {
  const root = await mkdtemp(join(tmpdir(), 'pictor-sdk-'));
  const source = join(root, 'source');
  for (const name of ['sdk', 'api', 'scripts/pack-sdk', 'tsconfig.json', 'package.json']) {
    await cp(join(projectFolder, name), join(source, name), { recursive: true });
  }
  await symlink(join(projectFolder, 'node_modules'), join(source, 'node_modules'));
  const run = promisify(execFile);
  await run('npm', ['pack', '--pack-destination', root], { cwd: join(source, 'sdk') });
  const path = join(root, 'foreign');
  const installed = join(path, 'node_modules/@pictor/sdk');
  await mkdir(installed, { recursive: true });
  await run('tar', ['xzf', join(root, 'pictor-sdk-0.1.0.tgz'), '-C', installed, '--strip-components', '1']);
  await symlink(join(projectFolder, 'node_modules/zod'), join(path, 'node_modules/zod'));
  await writeFile(join(path, 'package.json'), '{ "type": "module" }');
  return {
    path,
    write: async (name, text) => {
      await writeFile(join(path, name), text);
      return join(path, name);
    },
    remove: async () => await rm(root, { recursive: true, force: true, maxRetries: 3 }),
  };
}
