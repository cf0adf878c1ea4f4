import { execFileSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Runs before `npm pack` and `npm publish`. Inside this repository everybody imports the TypeScript as it is; a package
// in somebody's node_modules must be JavaScript, because Node leaves no types out there. The schemas of `api` come
// along, so that the package stands by itself with zod as its only dependency.
const folder = fileURLToPath(new URL('../../sdk/', import.meta.url));
const dist = join(folder, 'dist');
const manifestFile = join(folder, 'package.json');

rmSync(dist, { recursive: true, force: true });
const compiler = fileURLToPath(import.meta.resolve('typescript/package.json')).replace(
  /package\.json$/,
  'bin/tsc',
);
execFileSync(process.execPath, [compiler, '-p', fileURLToPath(new URL('.', import.meta.url))], {
  stdio: 'inherit',
});

for (const name of readdirSync(dist, { recursive: true })) {
  const file = join(dist, name);
  if (!/\.(js|d\.ts)$/.test(name)) continue;
  const text = readFileSync(file, 'utf8').replaceAll("'@pictor/api'", "'../../api/src/index.js'");
  // The compiler leaves the endings of types as they were.
  writeFileSync(file, text.replaceAll(/'(\.[^']*)\.ts'/g, "'$1.js'"));
}

const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
const { dependencies } = JSON.parse(readFileSync(join(folder, '../api/package.json'), 'utf8'));
copyFileSync(manifestFile, join(dist, 'package.json.source'));
const entry = { types: './dist/sdk/src/index.d.ts', default: './dist/sdk/src/index.js' };
const published = {
  ...manifest,
  types: entry.types,
  exports: { '.': entry },
  files: ['dist/api', 'dist/sdk', 'README.md'],
  scripts: { postpack: manifest.scripts.postpack },
  dependencies: { zod: `^${dependencies.zod}` },
};
writeFileSync(manifestFile, `${JSON.stringify(published, null, 2)}\n`);
