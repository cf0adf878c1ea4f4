import { writeFile } from 'node:fs/promises';
import type { Command, Context, Values } from '../command.ts';
import { CommandError, exitCodes } from '../exit-codes.ts';
import { readFolder, writeFolder } from '../read-files.ts';
import { writeTable } from '../write-table.ts';

export const listPrompts: Command = {
  name: 'prompts list',
  usage: '["WORDS"]',
  summary: 'Lists saved prompts.',
  options: {},
  examples: ['pictor prompts list', 'pictor prompts list poster'],
  words: [0, 1],
  run: async (values, { json, pictor, signal, terminal }) => {
    const [q] = values.positionals;
    const answer = await pictor.prompts.list({ q }, { signal });
    const rows = answer.data.map(({ folder, labels, latest_version: version, name }) => [
      name,
      String(version),
      labels.map((label) => `${label.name}=${label.version}`).join(' '),
      folder ?? '',
    ]);
    if (json) terminal.printJson(answer);
    else
      terminal.print(
        rows.length === 0 ? 'Nothing fits.' : writeTable(['prompt', 'version', 'labels', 'folder'], rows),
      );
    return exitCodes.done;
  },
};

export const exportPrompts: Command = {
  name: 'prompts export',
  usage: 'FOLDER',
  summary: 'Writes every saved prompt into a file, for version control.',
  options: {},
  examples: ['pictor prompts export prompts', 'git diff prompts'],
  words: [1, 1],
  run: async (values, { json, pictor, signal, terminal }) => {
    const folder = values.positionals[0] ?? '.';
    const { files } = await pictor.prompts.export({ signal });
    await writeFolder(folder, files);
    if (json) terminal.printJson({ folder, files: files.map(({ path }) => path) });
    else terminal.print(`${files.length} prompts are in ${folder}.`);
    return exitCodes.done;
  },
};

export const importPrompts: Command = {
  name: 'prompts import',
  usage: 'FOLDER [--dry-run]',
  summary: 'Brings prompts in from such files: all of them, or none.',
  details: ['Versions never change: other words under a number that is taken are refused.'],
  options: { 'dry-run': { type: 'boolean', help: 'Only tell what would happen.' } },
  examples: ['pictor prompts import prompts --dry-run', 'pictor prompts import prompts'],
  words: [1, 1],
  run: async (values, { json, pictor, signal, terminal }) => {
    const files = await readFolder(values.positionals[0] ?? '.', /\.ya?ml$/);
    if (files.length === 0)
      throw new CommandError('There are no .yaml files in that folder.', exitCodes.notFound);
    const body = { files: [...files], dry_run: values.isSet('dry-run') };
    const answer = await pictor.prompts.import(body, { signal });
    const rows = answer.files.map(({ change, path, versions }) => [path, change, versions.join(' ')]);
    if (json) terminal.printJson(answer);
    else terminal.print(writeTable(['file', 'change', 'new versions'], rows));
    return exitCodes.done;
  },
};

export const runPrompt: Command = {
  name: 'prompts run',
  usage: 'PROMPT [options]',
  summary: 'Fills a saved prompt, runs it on its model, and keeps the pictures.',
  options: {
    variable: {
      type: 'string',
      short: 'v',
      value: 'NAME=VALUE',
      multiple: true,
      help: 'A value for a variable.',
    },
    version: { type: 'string', value: 'N', help: 'Default: the newest.' },
    label: { type: 'string', short: 'L', value: 'NAME', help: 'The version that a label points at.' },
    model: { type: 'string', short: 'm', value: 'NAME', help: 'Instead of the version’s own.' },
    tag: { type: 'string', short: 't', value: 'WORD', multiple: true, help: 'To sort spend by.' },
    out: {
      type: 'string',
      short: 'o',
      value: 'FILE',
      help: 'Where the picture goes. Default: none is written.',
    },
  },
  examples: [
    'pictor prompts run poster -v animal=otter -o poster.png',
    'pictor prompts run poster --label prod --json',
  ],
  words: [1, 1],
  run: async (values, context) => {
    const { json, pictor, signal, terminal } = context;
    const body = {
      variables: Object.fromEntries(values.texts('variable').map(readVariable)),
      ...optional('version', values.integer('version')),
      ...optional('label', values.text('label')),
      ...optional('model', values.text('model')),
      tags: [...values.texts('tag')],
    };
    const answer = await pictor.prompts.run(values.positionals[0] ?? '', body, { signal });
    const files = await savePictures(answer.prompt_blueprint, values, context);
    if (json) terminal.printJson({ ...answer, raw_response: undefined, files });
    else terminal.print(`${files.join(' ')}${files.length > 0 ? '  ' : ''}request ${answer.request}`);
    return exitCodes.done;
  },
};

function optional<T>(name: string, value: T | undefined): Readonly<Record<string, T>> {
  return value === undefined ? {} : { [name]: value };
}

function readVariable(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new CommandError(`-v takes NAME=VALUE, not '${text}'.`, exitCodes.usage);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** Pictures stand in the answer as links that work for an hour. */
async function savePictures(
  blueprint: unknown,
  values: Values,
  { signal }: Context,
): Promise<readonly string[]> {
  const out = values.text('out');
  if (out === undefined) return [];
  const files: string[] = [];
  const links = findPictures(blueprint);
  for (const [index, link] of links.entries()) {
    const response = await fetch(link, { signal });
    if (!response.ok)
      throw new CommandError(`${link} cannot be fetched (${response.status}).`, exitCodes.unavailable);
    const file = links.length === 1 ? out : out.replace(/(\.\w+)?$/, `-${index + 1}$1`);
    await writeFile(file, new Uint8Array(await response.arrayBuffer())).catch((cause: unknown) => {
      throw new CommandError(`${file} cannot be written: ${String(cause)}`, exitCodes.cannotWrite);
    });
    files.push(file);
  }
  return files;
}

/** Addresses of the pictures that a model made, wherever they stand. */
function findPictures(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(findPictures);
  if (typeof value !== 'object' || value === null) return [];
  if ('type' in value && value.type === 'output_media' && 'url' in value) return [String(value.url)];
  return Object.values(value).flatMap(findPictures);
}
