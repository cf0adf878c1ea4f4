import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Grey } from '../pixels/structural-similarity.ts';
import { leaveOutWords } from './leave-out-words.ts';

/** How a picture is laid out: one line, or words anywhere. */
export type Layout = 'line' | 'scattered';

export type TextRead = {
  readonly text: string;
  /** 0 to 100, the reader's own. */
  readonly confidence: number;
};

export type Reader = { readonly read: (grey: Grey, layout: Layout) => TextRead };

/** The part of Tesseract's interface that is used here. */
type Engine = {
  readonly FS: { readonly writeFile: (path: string, bytes: Uint8Array) => void };
  readonly TessBaseAPI: new () => {
    readonly Init: (folder: null, language: string, mode: number) => number;
    readonly SetVariable: (name: string, value: string) => unknown;
    readonly SetImageFile: (orientation: number, angle: number) => number;
    readonly Recognize: (monitor: null) => number;
    readonly GetUTF8Text: () => string;
    readonly MeanTextConf: () => number;
  };
};

/** Of Tesseract: neural networks only. */
const lstmOnly = 1;
const pageModes: Readonly<Record<Layout, string>> = { line: '7', scattered: '11' };

/** Fixed, so that every machine gives the same text; the faster one with relaxed instructions does not promise that. */
const enginePath = 'tesseract.js-core/tesseract-core-simd-lstm';
const languagePath = '@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz';

/**
 * Tesseract with its English data, both from packages on this disk. It is called directly, without the threads that
 * tesseract.js would start: the process that reads may end with it at any time.
 */
export async function openReader(): Promise<Reader> {
  const load = createRequire(import.meta.url);
  const loadBeside = createRequire(load.resolve('tesseract.js'));
  const start: (options: object) => Promise<Engine> = loadBeside(enginePath);
  const engine = await start({ print: () => {}, printErr: () => {} });
  const language = await promisify(gunzip)(await readFile(load.resolve(languagePath)));
  engine.FS.writeFile('eng.traineddata', leaveOutWords(language));
  const api = new engine.TessBaseAPI();
  if (api.Init(null, 'eng', lstmOnly) !== 0) throw new Error('The reader of text could not be opened.');
  api.SetVariable('user_defined_dpi', '150');
  return {
    read: (grey, layout) => {
      engine.FS.writeFile('/input', toPortableGrey(grey));
      api.SetVariable('tessedit_pageseg_mode', pageModes[layout]);
      if (api.SetImageFile(1, 0) === 1) throw new Error('The reader of text took no picture.');
      api.Recognize(null);
      return { text: api.GetUTF8Text().trim(), confidence: api.MeanTextConf() };
    },
  };
}

function toPortableGrey({ width, height, values }: Grey): Buffer {
  return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`, 'latin1'), Uint8Array.from(values)]);
}
