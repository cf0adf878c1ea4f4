import { stderr, stdout } from 'node:process';
import { DatabaseError } from './database/index.ts';
import { SettingsError } from './foundation/index.ts';
import { type House, openHouse } from './house.ts';
import { readSettings } from './settings.ts';

/** Exit codes of sysexits: 78 is a wrong setting; the database room has its own. */
const exitSettings = 78;
const exitAddressInUse = 69;

await run();

async function run(): Promise<void> {
  let house: House;
  try {
    house = await openHouse(readSettings());
  } catch (error) {
    fail(error);
  }
  greet(house);
  const stop = once(() => {
    house.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  });
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('SIGHUP', () => void house.reload());
}

function greet(house: House): void {
  const lines = [
    `Pictor is ready on ${house.url}`,
    '',
    `  Sign in:  ${house.signInLink}`,
    '            (works once, for 15 minutes)',
  ];
  if (house.newApiKey !== null) {
    lines.push(`  API key:  ${house.newApiKey}`, `            (shown once; kept in ${house.apiKeyFile})`);
  } else if (house.apiKeyFile !== null) {
    lines.push(`  API key:  kept in ${house.apiKeyFile}`);
  } else {
    lines.push('  API key:  the value of PICTOR_API_KEY');
  }
  if (house.standIn)
    lines.push('', '  No provider is configured: the built-in sketch engine draws for every model.');
  stdout.write(`${lines.join('\n')}\n`);
}

/** Known troubles end with their sentence and their code; anything else with its stack. */
function fail(error: unknown): never {
  if (error instanceof SettingsError) exit(error.message, exitSettings);
  if (error instanceof DatabaseError) exit(error.message, error.exitCode);
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    exit('The address is in use already. Stop the other server, or set PICTOR_PORT.', exitAddressInUse);
  }
  exit(error instanceof Error ? (error.stack ?? error.message) : String(error), 1);
}

function exit(message: string, code: number): never {
  stderr.write(`Pictor could not start: ${message}\n`);
  process.exit(code);
}

function once(action: () => void): () => void {
  let called = false;
  return () => {
    if (called) return;
    called = true;
    action();
  };
}
