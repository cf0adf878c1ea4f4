import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import {
  type EditRequest,
  type GenerateRequest,
  type ImagesResponse,
  InvalidRequestError,
  imageBytes,
  type Pictor,
  type PictorReport,
  type RunOptions,
} from '@pictor/sdk';
import type { Context, Option, Values } from './command.ts';
import { CommandError, exitCodes } from './exit-codes.ts';
import { showPicture } from './show-picture.ts';
import { formatSeconds, formatUsd } from './write-table.ts';

/** What `generate` and `edit` have in common. */
export const pictureOptions: Readonly<Record<string, Option>> = {
  out: {
    type: 'string',
    short: 'o',
    value: 'FILE',
    help: 'Where the picture goes; - is standard output. Default: the id of the request.',
  },
  model: { type: 'string', short: 'm', value: 'NAME', help: 'Default: the server’s own.' },
  size: { type: 'string', short: 's', value: 'WxH', help: 'Such as 1536x1024, or auto.' },
  quality: {
    type: 'string',
    short: 'q',
    value: 'WORD',
    help: 'low, medium, high or auto, as the model has it.',
  },
  count: {
    type: 'string',
    short: 'n',
    value: 'N',
    help: 'How many pictures. FILE becomes FILE-1, FILE-2, …',
  },
  format: { type: 'string', value: 'WORD', help: 'png, jpeg or webp. Default: what FILE ends in, else png.' },
  background: { type: 'string', value: 'WORD', help: 'transparent, opaque or auto.' },
  parameter: {
    type: 'string',
    short: 'p',
    value: 'NAME=VALUE',
    multiple: true,
    help: 'Any other parameter, such as seed=7.',
  },
  tag: { type: 'string', short: 't', value: 'WORD', multiple: true, help: 'To sort spend by.' },
  strict: { type: 'boolean', help: 'Refuse what the model cannot do exactly, before anything is paid.' },
  key: {
    type: 'string',
    value: 'TEXT',
    help: 'Idempotency key: the same key and words give the first picture again.',
  },
  'no-preview': { type: 'boolean', help: 'Do not show the picture in the terminal.' },
};

type Body = GenerateRequest | EditRequest;

/** The parameters that were written on the line, in the words of the API. */
export function readBody(prompt: string, values: Values): GenerateRequest {
  const format = values.text('format') ?? formatOf(values.text('out'));
  const given = {
    model: values.text('model'),
    size: values.text('size'),
    quality: values.text('quality'),
    n: values.integer('count'),
    background: values.text('background'),
    ...(format === undefined ? {} : { output_format: format }),
    ...Object.fromEntries(values.texts('parameter').map(readParameter)),
  };
  const known = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(known), prompt };
}

/** PNG is what comes anyway, also from models that have no such parameter. */
function formatOf(file: string | undefined): string | undefined {
  const ending = extname(file ?? '').toLowerCase();
  return { '.jpg': 'jpeg', '.jpeg': 'jpeg', '.webp': 'webp' }[ending];
}

function readParameter(text: string): [string, unknown] {
  const at = text.indexOf('=');
  if (at < 1) throw new CommandError(`-p takes NAME=VALUE, not '${text}'.`, exitCodes.usage);
  const value = text.slice(at + 1);
  try {
    return [text.slice(0, at), JSON.parse(value)];
  } catch {
    return [text.slice(0, at), value];
  }
}

type Made = {
  readonly pictures: readonly { readonly bytes: Uint8Array; readonly format: string }[];
  readonly report: PictorReport | null;
};

/** Makes pictures, tells how it goes, writes them, and says what they cost. */
export async function makePictures(body: Body, values: Values, context: Context): Promise<number> {
  const { terminal } = context;
  if (context.json && values.text('out') === '-') {
    throw new CommandError(
      'Standard output takes the picture or the JSON: name a file with -o.',
      exitCodes.usage,
    );
  }
  const startedAt = Date.now();
  const made = await withClock(context, startedAt, () => make(body, values, context));
  const elapsedMs = Date.now() - startedAt;
  const files: string[] = [];
  for (const [index, { bytes, format }] of made.pictures.entries()) {
    const file = fileName(values.text('out'), made, index, format);
    files.push(file);
    if (file === '-') await terminal.writeBytes(bytes);
    else await save(file, bytes);
  }
  const { report } = made;
  if (context.json) {
    terminal.printJson({ files, elapsed_ms: elapsedMs, pictor: report });
    return exitCodes.done;
  }
  tellResult(files, made, elapsedMs, values, context);
  return exitCodes.done;
}

function tellResult(
  files: readonly string[],
  { pictures, report }: Made,
  elapsedMs: number,
  values: Values,
  { terminal }: Context,
): void {
  const toStdout = files.includes('-');
  const [first] = pictures;
  if (terminal.pictures !== null && first !== undefined && !toStdout && !values.isSet('no-preview')) {
    const shown = showPicture(first.bytes, terminal.pictures);
    if (shown !== null) terminal.print(shown);
  }
  const say = toStdout ? terminal.note : terminal.print;
  const drew = report === null ? '' : `, ${report.engine} with ${report.model}`;
  const cost = report === null ? '' : `, ${formatUsd(report.cost)}`;
  say(`${files.join(' ')}  (${formatSeconds(elapsedMs)}${cost}${drew})`);
  for (const { parameter, reason } of report?.adjustments ?? [])
    terminal.note(`note: ${parameter}: ${reason}`);
  for (const warning of report?.warnings ?? []) terminal.note(`note: ${warning}`);
  if (report !== null) terminal.note(`request ${report.request}`);
}

/** Streams keep the line busy and tell how it goes. Models without them refuse before anything is paid. */
async function make(body: Body, values: Values, context: Context): Promise<Made> {
  const key = values.text('key');
  const options: RunOptions = {
    signal: context.signal,
    tags: values.texts('tag'),
    ...(values.isSet('strict') ? { parameters: 'strict' } : {}),
    ...(key === undefined ? {} : { idempotencyKey: key }),
  };
  try {
    return await makeByStream(body, options, context);
  } catch (error) {
    if (!(error instanceof InvalidRequestError) || error.param !== 'stream') throw error;
    return toMade(await makeAtOnce(body, options, context.pictor));
  }
}

async function makeByStream(body: Body, options: RunOptions, { pictor }: Context): Promise<Made> {
  const pictures: { bytes: Uint8Array; format: string }[] = [];
  let report: PictorReport | null = null;
  for await (const progress of pictor.images.stream(body, options)) {
    if (progress.type !== 'image') continue;
    pictures.push({ bytes: progress.bytes, format: progress.format });
    report = progress.pictor ?? report;
  }
  return { pictures, report };
}

async function makeAtOnce(body: Body, options: RunOptions, pictor: Pictor): Promise<ImagesResponse> {
  const answered = { ...body, response_format: 'b64_json' };
  return isEdit(answered)
    ? await pictor.images.edit(answered, options)
    : await pictor.images.generate(answered, options);
}

function isEdit(body: Body): body is EditRequest {
  return 'image' in body && body.image !== undefined;
}

function toMade({ data, output_format: format = 'png', pictor }: ImagesResponse): Made {
  const pictures = data.map((image) => ({ bytes: imageBytes(image), format }));
  return { pictures, report: pictor ?? null };
}

/** Counts the seconds where somebody watches. */
async function withClock<T>({ terminal }: Context, startedAt: number, work: () => Promise<T>): Promise<T> {
  const tell = (): void => terminal.progress(`drawing … ${Math.round((Date.now() - startedAt) / 1000)} s`);
  tell();
  const clock = setInterval(tell, 1000);
  try {
    return await work();
  } finally {
    clearInterval(clock);
    terminal.endProgress();
  }
}

function fileName(
  out: string | undefined,
  { pictures, report }: Made,
  index: number,
  format: string,
): string {
  const name = out ?? `${report?.request ?? 'picture'}.${format}`;
  if (pictures.length === 1) return name;
  if (name === '-') throw new CommandError('Standard output takes one picture only.', exitCodes.usage);
  const ending = extname(name);
  return `${name.slice(0, name.length - ending.length)}-${index + 1}${ending}`;
}

async function save(file: string, bytes: Uint8Array): Promise<void> {
  await writeFile(file, bytes).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CommandError(`${file} cannot be written: ${reason}`, exitCodes.cannotWrite);
  });
}
