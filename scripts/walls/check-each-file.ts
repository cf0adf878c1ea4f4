import { computedImports, environment, isTest, longDataFiles, maxLines } from './policy.ts';
import type { SourceFile, Violation } from './source-file.ts';

/** The rules that need one file only: who reads the environment, computed imports, length. */
export function checkEachFile(files: readonly SourceFile[]): Violation[] {
  return files.flatMap((file) => [
    ...checkEnvironment(file),
    ...checkComputedImports(file),
    ...checkLength(file),
  ]);
}

function checkEnvironment(file: SourceFile): Violation[] {
  const isWatched = environment.folders.some((folder) => file.path.startsWith(`${folder}/`));
  if (!isWatched || file.path === environment.reader || isTest(file.path)) return [];
  const sentence = `Only ${environment.reader} reads process.env; pass the value in.`;
  return file.environmentReads.map((line) => ({ file: file.path, line, rule: 'environment', sentence }));
}

function checkComputedImports(file: SourceFile): Violation[] {
  if (computedImports.includes(file.path) || isTest(file.path)) return [];
  const sentence =
    'What this imports is known only while it runs, so no wall can be checked; write the path out.';
  return file.computedImports.map((line) => ({ file: file.path, line, rule: 'computed', sentence }));
}

function checkLength(file: SourceFile): Violation[] {
  if (file.lineCount <= maxLines || longDataFiles.includes(file.path)) return [];
  const sentence = `The file has ${file.lineCount} lines, and ${maxLines} are allowed; divide it.`;
  return [{ file: file.path, line: maxLines + 1, rule: 'length', sentence }];
}
