import { copyFileSync, rmSync } from 'node:fs';

// Runs behind `npm pack`: the manifest is again the one of this repository.
const folder = new URL('../../sdk/', import.meta.url);
copyFileSync(new URL('dist/package.json.source', folder), new URL('package.json', folder));
rmSync(new URL('dist/', folder), { recursive: true });
