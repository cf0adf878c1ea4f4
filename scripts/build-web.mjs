import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { programFolder, projectFolder, runCommand, Stop } from './run-command.mjs';

/** All that goes into the built web app. */
const sourceFolders = ['web', 'sdk', 'api'];
const sourceFiles = ['package-lock.json', 'tsconfig.json'];
const skippedFolders = new Set(['node_modules', 'dist', 'tests']);
const stampFile = path.join(projectFolder, 'web', 'dist', '.stamp');

/** Builds web/dist if its sources have changed since the last build. Throws `Stop` if the build fails. */
export async function buildWeb() {
  const sourceHash = hashSources();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === sourceHash) return;
  process.stdout.write('Building the web app …\n');
  const code = await runCommand(path.join(programFolder, 'vite'), ['build', 'web', '--logLevel', 'warn']);
  if (code !== 0) throw new Stop(code, 'The web app could not be built; nothing was started.');
  // The build empties web/dist first, so a build that was cut short has no stamp and is done again.
  writeFileSync(stampFile, sourceHash);
}

function hashSources() {
  const hash = createHash('sha256');
  for (const file of [...sourceFolders.flatMap(listFiles), ...sourceFiles]) {
    const bytes = readFileSync(path.join(projectFolder, file));
    hash.update(`${file}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

/** The files below a folder, relative to the root, in a stable order, without tests. */
function listFiles(folder) {
  return readdirSync(path.join(projectFolder, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const place = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return skippedFolders.has(entry.name) ? [] : listFiles(place);
      return !entry.isFile() || /\.test\.tsx?$/.test(entry.name) ? [] : [place];
    });
}
