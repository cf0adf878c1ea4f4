import type { Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';

const signs = { works: 'ok  ', fails: 'FAIL', unknown: '?   ' } as const;

export const checkProviders: Command = {
  name: 'check-providers',
  usage: '[options]',
  summary: 'Tries the settings of every provider, without making a picture.',
  details: ['Needs the root key. Ends with 69 where one fails.'],
  options: {},
  examples: ['pictor check-providers', 'pictor check-providers --json'],
  words: [0, 0],
  run: async (_values, { json, pictor, signal, terminal }) => {
    const answer = await pictor.providers.check({ signal });
    const fails = answer.data.some(({ status }) => status === 'fails');
    if (json) terminal.printJson(answer);
    for (const { findings, name, provider } of json ? [] : answer.data) {
      terminal.print(name === provider ? name : `${name} (${provider})`);
      for (const { message, part, status } of findings) {
        terminal.print(`  ${signs[status]} ${part}: ${message}`);
      }
    }
    return fails ? exitCodes.unavailable : exitCodes.done;
  },
};
