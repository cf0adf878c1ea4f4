import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'node',
    include: ['{api,cli,sdk,server,web,scripts}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    // Tests start servers, databases and browsers; more of them at once than this only wait for each other.
    globalSetup: ['server/tests/support/prepare-database.ts'],
    pool: 'forks',
    // Some tests open the embedded database many times. V8 is known to break, now and then, a process in which
    // WebAssembly that it optimises comes and goes (nodejs/node#64500).
    execArgv: ['--liftoff-only'],
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
