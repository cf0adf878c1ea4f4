import { runCli } from './run-cli.ts';
import { openTerminal } from './terminal.ts';

await main();

async function main(): Promise<void> {
  const stopping = new AbortController();
  process.once('SIGINT', () => stopping.abort(new Error('interrupted')));
  // Whoever reads no further, such as head, ends the program quietly.
  process.stdout.on('error', () => process.exit(0));
  process.exitCode = await runCli(process.argv.slice(2), {
    terminal: openTerminal({ stdout: process.stdout, stderr: process.stderr, environment: process.env }),
    environment: process.env,
    signal: stopping.signal,
  });
}
