import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { CommandError, exitCodes } from './exit-codes.ts';

/** The bytes of a file that the line names; - is standard input. */
export async function readInput(name: string): Promise<Uint8Array> {
  try {
    if (name !== '-') return await readFile(name);
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk);
    return Buffer.concat(chunks);
  } catch {
    throw new CommandError(`${name} cannot be read: is it there?`, exitCodes.notFound);
  }
}

type TextFile = { readonly path: string; readonly content: string };

/** All files of a folder that end so, by their paths within it. */
export async function readFolder(folder: string, ending: RegExp): Promise<readonly TextFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => {
    throw new CommandError(`There is no folder ${folder}.`, exitCodes.notFound);
  });
  const names = entries.filter((entry) => entry.isFile() && ending.test(entry.name));
  return await Promise.all(
    names.map(async (entry) => {
      const file = join(entry.parentPath, entry.name);
      const path = relative(folder, file).replaceAll(sep, '/');
      return { path, content: await readFile(file, 'utf8') };
    }),
  );
}

/** Writes files below a folder; never beside it, whatever their paths say. */
export async function writeFolder(folder: string, files: readonly TextFile[]): Promise<void> {
  const root = resolve(folder);
  for (const { path, content } of files) {
    const file = resolve(root, path);
    if (!file.startsWith(`${root}${sep}`)) {
      throw new CommandError(`The server named a file outside of ${folder}: ${path}`, exitCodes.unreadable);
    }
    try {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new CommandError(`${file} cannot be written: ${reason}`, exitCodes.cannotWrite);
    }
  }
}
