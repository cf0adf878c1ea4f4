import { checkEachFile } from './check-each-file.ts';
import { checkLibraries } from './check-libraries.ts';
import { checkPackages } from './check-packages.ts';
import { checkProviders } from './check-providers.ts';
import { checkRooms } from './check-rooms.ts';
import { findCycles } from './find-cycles.ts';
import { findSourceFiles, listGitSourceFiles } from './list-source-files.ts';
import { isTest, packages } from './policy.ts';
import { readSourceFile } from './read-source-file.ts';
import { resolveImports } from './resolve-import.ts';
import { type Edge, type SourceFile, type Violation, violationAt } from './source-file.ts';

export type WallReport = { readonly fileCount: number; readonly violations: readonly Violation[] };

/**
 * Checks every source file of a repository against the policy. `root` is an absolute path.
 * Throws if git cannot list the files, because then nobody knows what was missed.
 */
export function checkTree(root: string): WallReport {
  const folders = Object.keys(packages);
  const { files, unreadable } = readAll(root, findSourceFiles(root, folders));
  const seen = new Set(files.map((file) => file.path));
  const edges = files.flatMap((file) => resolveImports(root, file));
  const violations = [
    ...unreadable,
    ...checkAllSeen(listGitSourceFiles(root, folders), seen, unreadable),
    ...edges.flatMap(checkResolved),
    ...edges.flatMap(checkTestsStayOut),
    ...checkRooms([...seen], edges),
    ...checkProviders(edges),
    ...checkLibraries(edges),
    ...checkPackages(edges),
    ...checkEachFile(files),
    ...findCycles(edges),
  ];
  return { fileCount: seen.size, violations };
}

function readAll(root: string, paths: readonly string[]): { files: SourceFile[]; unreadable: Violation[] } {
  const files: SourceFile[] = [];
  const unreadable: Violation[] = [];
  for (const path of paths) {
    try {
      files.push(readSourceFile(root, path));
    } catch (error) {
      const sentence = `The file cannot be parsed: ${error instanceof Error ? error.message : String(error)}`;
      unreadable.push({ file: path, line: 1, rule: 'unseen', sentence });
    }
  }
  return { files, unreadable };
}

/** Both ways: a file that only git knows has escaped the checker, one that git ignores will never be cloned. */
function checkAllSeen(
  known: readonly string[],
  seen: ReadonlySet<string>,
  unreadable: readonly Violation[],
): Violation[] {
  const reported = new Set(unreadable.map((violation) => violation.file));
  const inGit = new Set(known);
  return [
    ...known
      .filter((file) => !seen.has(file) && !reported.has(file))
      .map((file) => unseen(file, 'git knows this file, and the checker did not read it; move it.')),
    ...[...seen]
      .filter((file) => !inGit.has(file))
      .map((file) => unseen(file, 'git ignores this source file.')),
  ];
}

function unseen(file: string, sentence: string): Violation {
  return { file, line: 1, rule: 'unseen', sentence };
}

function checkResolved(edge: Edge): Violation[] {
  if (edge.target.kind !== 'nowhere') return [];
  return [violationAt(edge, 'unresolved', `There is no file behind '${edge.site.specifier}'.`)];
}

function checkTestsStayOut(edge: Edge): Violation[] {
  if (edge.target.kind !== 'file' || isTest(edge.from) || !isTest(edge.target.path)) return [];
  return [violationAt(edge, 'test', `A program may not import ${edge.target.path}, which is for tests.`)];
}
