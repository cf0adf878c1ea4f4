import { isTest, isToolConfig, packages, packagesThatReachOut } from './policy.ts';
import { type Edge, type Violation, violationAt } from './source-file.ts';

/** Packages import each other by name and only downwards: web → sdk → api, server → api. */
export function checkPackages(edges: readonly Edge[]): Violation[] {
  return edges.flatMap(checkEdge);
}

function checkEdge(edge: Edge): Violation[] {
  const folder = packageOf(edge.from);
  switch (edge.target.kind) {
    case 'file':
      return edge.target.byPackageName
        ? checkName(edge, folder, packageOf(edge.target.path))
        : checkRelative(edge, folder, packageOf(edge.target.path));
    case 'library':
      return checkLibraryOfPackage(edge, folder, edge.target.name);
    case 'builtin':
      return checkBuiltin(edge, folder);
    case 'nowhere':
      return [];
  }
}

function checkName(edge: Edge, from: string, to: string): Violation[] {
  if (from === to)
    return [violationAt(edge, 'package', `${from} imports itself by name; use a relative path.`)];
  // Tests of the whole house drive it with its own client.
  const forTests = isTest(edge.from) && (to === 'api' || to === 'sdk') && from !== 'api';
  if (forTests || packages[from]?.packages.includes(to)) return [];
  return [violationAt(edge, 'package', `The package ${from} may not import the package ${to}.`)];
}

function checkRelative(edge: Edge, from: string, to: string): Violation[] {
  if (from === to || packagesThatReachOut.includes(from)) return [];
  return [violationAt(edge, 'package', `A relative import may not leave the package ${from}.`)];
}

function checkLibraryOfPackage(edge: Edge, from: string, library: string): Violation[] {
  const allowed = packages[from]?.libraries ?? [];
  if (allowed === 'every' || isTest(edge.from) || isToolConfig(edge.from)) return [];
  if (allowed.some((name) => library === name || library.startsWith(`${name}/`))) return [];
  const known = allowed.length === 0 ? 'no npm package' : allowed.join(', ');
  return [violationAt(edge, 'package', `The package ${from} may import ${known}, not ${library}.`)];
}

function checkBuiltin(edge: Edge, from: string): Violation[] {
  if (packages[from]?.runsInNode !== false || isTest(edge.from) || isToolConfig(edge.from)) return [];
  return [
    violationAt(edge, 'package', `The package ${from} runs in a browser, where Node's modules are not.`),
  ];
}

function packageOf(file: string): string {
  return file.split('/', 1)[0] ?? '';
}
