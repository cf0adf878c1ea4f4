import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import sharp, { type Sharp } from 'sharp';
import type { Block } from './read-guide.ts';
import type { Pictor } from './start-pictor.ts';

/** Below node_modules, so that `import OpenAI from 'openai'` finds what this project has installed. */
const cacheFolder = fileURLToPath(new URL('../../../node_modules/.cache/pictor-guides/', import.meta.url));

const room = `<svg xmlns="http://www.w3.org/2000/svg" width="1024" height="1024">
  <rect width="1024" height="700" fill="#d9c9b2"/><rect y="700" width="1024" height="324" fill="#8a6a4b"/>
  <rect x="600" y="140" width="260" height="260" fill="#bfe3f2" stroke="#ffffff" stroke-width="18"/>
  <rect x="120" y="520" width="440" height="230" rx="40" fill="#4a7c8c"/></svg>`;

/** Where the pages' masks let an edit happen: a place on the floor of the room. */
const hole = { left: 576, top: 576, width: 320, height: 320 };

/** The pictures that a reader would bring along, by name. */
export const broughtPictures: readonly string[] = [
  'room.png',
  'room-mask.png',
  'white-where-to-edit.png',
  'cup.png',
  'lamp.png',
  'plant.png',
  'logo.png',
];

export type GuideFolder = {
  readonly path: string;
  /** Runs one block as a reader would. Rejects with what it printed when it ends with another code than 0. */
  readonly run: (block: Block, pictor: Pictor) => Promise<void>;
  readonly remove: () => Promise<void>;
};

/** A working folder for the blocks of one page, with the pictures that they start from. */
export async function openGuideFolder(): Promise<GuideFolder> {
  await mkdir(cacheFolder, { recursive: true });
  const path = await mkdtemp(cacheFolder);
  await drawPictures(path);
  return {
    path,
    run: async (block, pictor) => {
      const file = join(path, `block-${block.line}.${block.language === 'js' ? 'mjs' : 'sh'}`);
      await writeFile(file, block.code);
      const [command, ...args] =
        block.language === 'js' ? [process.execPath, file] : ['bash', '-euo', 'pipefail', file];
      await promisify(execFile)(command, args, {
        cwd: path,
        env: environmentFor(pictor),
        maxBuffer: 64 * 1024 * 1024,
      });
    },
    remove: async () => await rm(path, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** What the pages tell their readers to set, and nothing else of this process. */
function environmentFor(pictor: Pictor): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    PICTOR_URL: pictor.url,
    PICTOR_KEY: pictor.key,
    OPENAI_BASE_URL: `${pictor.url}/v1`,
    OPENAI_API_KEY: pictor.key,
  };
}

async function drawPictures(folder: string): Promise<void> {
  const save = async (name: string, picture: Sharp) => await picture.png().toFile(join(folder, name));
  const plain = (size: number, background: string) =>
    sharp({ create: { width: size, height: size, channels: 4, background } });
  const cutOut = {
    input: await plain(hole.width, '#ffffff').png().toBuffer(),
    left: hole.left,
    top: hole.top,
  };
  await save('room.png', sharp(Buffer.from(room)).removeAlpha());
  await save('room-mask.png', plain(1024, '#000000').composite([{ ...cutOut, blend: 'dest-out' }]));
  await save('white-where-to-edit.png', plain(1024, '#000000').composite([cutOut]).removeAlpha());
  await save('cup.png', plain(512, '#b03a2e'));
  await save('lamp.png', plain(512, '#f4d03f'));
  await save('plant.png', plain(512, '#2e8b57'));
  await save('logo.png', sharp(Buffer.from(room)).resize(512, 512));
}
