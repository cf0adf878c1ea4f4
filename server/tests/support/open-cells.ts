import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type OpenAiUpstream, openOpenAiUpstream, upstreamKey } from '../upstreams/openai-upstream.ts';
import { newDataDir, type Pictor, startPictor } from './start-pictor.ts';

export type Cells = {
  readonly pictor: Pictor;
  /** By the name that pictor.yaml gives. */
  readonly upstreams: Readonly<Record<string, OpenAiUpstream>>;
  /** Writes pictor.yaml anew, with the same upstreams, and waits until it is in use. `more` is the rest of the file. */
  readonly reconfigure: (more: string) => Promise<void>;
  readonly configFile: string;
  readonly close: () => Promise<void>;
};

/** A server with one account at a loopback upstream for every name, in this order, all of OpenAI's wire. */
export async function openCells(names: readonly string[], more: string): Promise<Cells> {
  const opened = await Promise.all(names.map(async (name) => [name, await openOpenAiUpstream()] as const));
  const accounts = opened.map(
    ([name, { baseUrl }]) =>
      `    - name: ${name}\n      api_key: $\{UPSTREAM_KEY}\n      base_url: ${baseUrl}\n`,
  );
  const head = `providers:\n  openai:\n${accounts.join('')}`;
  const dataDir = await newDataDir();
  const configFile = join(dataDir, 'pictor.yaml');
  await writeFile(configFile, `${head}${more}`);
  const pictor = await startPictor({
    dataDir,
    env: { PICTOR_CONFIG: configFile, UPSTREAM_KEY: upstreamKey },
  });
  let count = 0;
  return {
    pictor,
    upstreams: Object.fromEntries(opened),
    configFile,
    reconfigure: async (rest) => {
      count += 1;
      // A name that is new every time tells when this file is the one in use.
      const mark = `written-${count}`;
      const alias = `aliases:\n  ${mark}: sketch-1\n`;
      const rows = rest.includes('aliases:\n') ? rest.replace('aliases:\n', alias) : `${rest}${alias}`;
      await writeFile(configFile, `${head}${rows}`);
      process.kill(pictor.pid, 'SIGHUP');
      for (;;) {
        if ((await pictor.call(`/v1/models/${mark}`)).status === 200) return;
        const status = (await (await pictor.call('/api/config')).json()) as { error: unknown };
        if (status.error !== null) throw new Error(JSON.stringify(status.error));
        await wait(50);
      }
    },
    close: async () => {
      await pictor.stop();
      await Promise.all(opened.map(([, upstream]) => upstream.close()));
    },
  };
}
