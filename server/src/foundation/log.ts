import { type Logger, pino } from 'pino';

export type Log = Logger;

/**
 * The one logger. Lines are JSON on standard error, so that standard output stays for what `npm start`
 * tells a person. Anything that could be a credential is removed, wherever it stands in a line.
 */
export function openLog(level: string): Log {
  return pino(
    {
      level,
      base: null,
      redact: {
        paths: [
          '*.authorization',
          '*.cookie',
          '*["x-api-key"]',
          '*["api-key"]',
          '*["set-cookie"]',
          '*.key',
          '*.prompt',
        ],
        censor: '[removed]',
      },
    },
    pino.destination({ dest: 2, sync: false }),
  );
}
