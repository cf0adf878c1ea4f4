import path from 'node:path';
import { buildWeb } from './build-web.mjs';
import { findChromium } from './find-chromium.mjs';
import { childEnvironment, main, programFolder, runCommand } from './run-command.mjs';
import { setUp } from './set-up.mjs';

/** `npm run screenshots`: every page of the web app into screenshots/, and those of the tour into docs/tour/. */
await main(async () => {
  const chromium = findChromium();
  await setUp();
  await buildWeb();
  process.exitCode = await runCommand(
    path.join(programFolder, 'node'),
    ['scripts/screenshots/take-screenshots.ts', ...process.argv.slice(2)],
    childEnvironment({ PICTOR_CHROMIUM: chromium }),
  );
});
