import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

const sourceName = /\.[cm]?[jt]sx?$/;
const skippedFolders = new Set(['node_modules', 'dist']);

/** Whether a path names a program's text rather than an asset. */
export function isSource(file: string): boolean {
  return sourceName.test(file);
}

/** Every source file below the folders, found on disk. Paths are from the root, with slashes, sorted. */
export function findSourceFiles(root: string, folders: readonly string[]): string[] {
  return folders
    .filter((folder) => existsSync(path.join(root, folder)))
    .flatMap((folder) => walk(root, folder));
}

function walk(root: string, folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const place = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return skippedFolders.has(entry.name) ? [] : walk(root, place);
      return isSource(entry.name) ? [place] : [];
    });
}

/**
 * Every source file below the folders that git knows of or would add. It is a second opinion: what is on one
 * list and not on the other has escaped either the checker or the repository.
 * Throws if git is missing or the root is in no repository.
 */
export function listGitSourceFiles(root: string, folders: readonly string[]): string[] {
  // `safe.directory`: a container often runs as another user than the one who cloned.
  const output = execFileSync(
    'git',
    [
      '-c',
      `safe.directory=${root}`,
      'ls-files',
      '-z',
      '--cached',
      '--others',
      '--exclude-standard',
      '--',
      ...folders,
    ],
    { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  // A file that was deleted but not yet committed is still on git's list.
  return output.split('\0').filter((file) => isSource(file) && existsSync(path.join(root, file)));
}
