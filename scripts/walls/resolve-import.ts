import { existsSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { isSource } from './list-source-files.ts';
import { packages } from './policy.ts';
import type { Edge, SourceFile, Target } from './source-file.ts';

/** Follows every import of a file. A `new URL(…)` that names no source file is no import, and left out. */
export function resolveImports(root: string, file: SourceFile): Edge[] {
  return file.imports
    .filter((site) => site.kind === 'load' || isSource(site.specifier))
    .map((site) => ({ from: file.path, site, target: resolveImport(root, file.path, site.specifier) }));
}

function resolveImport(root: string, from: string, specifier: string): Target {
  // What Vite reads after a question mark says how to load a file, not which.
  const name = specifier.replace(/[?].*$/, '');
  if (name.startsWith('.')) {
    const target = path.posix.join(path.posix.dirname(from), name);
    return isFile(path.join(root, target))
      ? { kind: 'file', path: target, byPackageName: false }
      : { kind: 'nowhere' };
  }
  if (name.startsWith('/') || name.startsWith('#') || name.startsWith('file:')) return { kind: 'nowhere' };
  if (isBuiltin(name)) return { kind: 'builtin', name };
  for (const row of Object.values(packages)) {
    if (name === row.name && isFile(path.join(root, row.entry)))
      return { kind: 'file', path: row.entry, byPackageName: true };
    if (name === row.name || name.startsWith(`${row.name}/`)) return { kind: 'nowhere' };
  }
  return { kind: 'library', name };
}

function isFile(file: string): boolean {
  return existsSync(file) && statSync(file).isFile();
}
