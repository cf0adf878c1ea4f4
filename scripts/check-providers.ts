import { stdout } from 'node:process';
import { openConfig } from '../server/src/config/index.ts';
import { openLog, SettingsError } from '../server/src/foundation/index.ts';
import type { Finding } from '../server/src/models/index.ts';
import { findProviders } from '../server/src/providers/index.ts';
import { type CheckedCell, checkProviders } from '../server/src/routing/index.ts';
import { readSettings } from '../server/src/settings.ts';

/**
 * `npm run check-providers`: looks at every configured upstream, with the settings that the server would read, and tells
 * which part is wrong. Makes no picture. Ends with 1 when something fails, and with 78 when the settings cannot be read.
 */
const marks: Readonly<Record<Finding['status'], string>> = { works: 'ok  ', fails: 'FAIL', unknown: '?   ' };

process.exitCode = await run();

async function run(): Promise<number> {
  try {
    const settings = readSettings();
    const providers = await findProviders();
    const config = await openConfig({ ...settings, providers, log: openLog('silent') });
    const checked = await checkProviders({ providers, environment: settings }, config.first);
    for (const cell of checked) stdout.write(describe(cell));
    const external = new Set(providers.filter((provider) => provider.external).map(({ title }) => title));
    if (!checked.some(({ provider }) => external.has(provider))) {
      stdout.write('No provider is configured: the built-in engine draws for every model.\n');
    }
    return checked.some(({ findings }) => findings.some(({ status }) => status === 'fails')) ? 1 : 0;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    stdout.write(`${error.message}\n`);
    return 78;
  }
}

function describe({ name, provider, findings }: CheckedCell): string {
  const lines = findings.map(({ part, status, message }) => `  ${marks[status]} ${part}: ${message}\n`);
  return `${name} (${provider})\n${lines.join('')}`;
}
