import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Expression, parseSync, Visitor } from 'oxc-parser';
import type { ImportSite, SourceFile } from './source-file.ts';

type Findings = { imports: ImportSite[]; environmentReads: number[]; computedImports: number[] };
type LineOf = (offset: number) => number;

/** Parses one file and collects what the rules ask about. Throws with the parser's message if it cannot. */
export function readSourceFile(root: string, file: string): SourceFile {
  const text = readFileSync(path.join(root, file), 'utf8');
  const parsed = parseSync(file, text);
  const problem = parsed.errors.find((error) => error.severity === 'Error');
  if (problem !== undefined) throw new Error(problem.message);
  const lineOf = lineCounter(text);
  const findings: Findings = { imports: [], environmentReads: [], computedImports: [] };
  new Visitor(importVisitor(findings, lineOf)).visit(parsed.program);
  new Visitor(environmentVisitor(findings, lineOf)).visit(parsed.program);
  return { path: file, lineCount: lineOf(text.trimEnd().length), ...findings };
}

function lineCounter(text: string): LineOf {
  const lineStarts = [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)];
  return (offset) => lineStarts.findLastIndex((start) => start <= offset) + 1;
}

type VisitorFunctions = ConstructorParameters<typeof Visitor>[0];

function importVisitor(findings: Findings, lineOf: LineOf): VisitorFunctions {
  const add = (specifier: string, offset: number, kind: ImportSite['kind'] = 'load') =>
    findings.imports.push({ line: lineOf(offset), specifier, kind });
  const addComputable = (argument: Expression | undefined, offset: number) => {
    const specifier = plainString(argument);
    if (specifier === undefined) findings.computedImports.push(lineOf(offset));
    else add(specifier, offset);
  };
  return {
    ImportDeclaration: (node) => add(node.source.value, node.start),
    ExportAllDeclaration: (node) => add(node.source.value, node.start),
    ExportNamedDeclaration: (node) => {
      if (node.source !== null) add(node.source.value, node.start);
    },
    TSImportType: (node) => add(node.source.value, node.start),
    TSExternalModuleReference: (node) => add(node.expression.value, node.start),
    ImportExpression: (node) => addComputable(node.source, node.start),
    CallExpression: (node) => {
      const first = firstArgument(node.arguments);
      if (node.callee.type === 'Identifier' && node.callee.name === 'require')
        addComputable(first, node.start);
      if (isImportMetaMember(node.callee, 'resolve')) addStart(first, node.start);
    },
    NewExpression: (node) => {
      const [first, second] = node.arguments;
      if (node.callee.type !== 'Identifier' || node.callee.name !== 'URL' || second === undefined) return;
      if (second.type === 'SpreadElement' || !isImportMetaMember(second, 'url')) return;
      addStart(first === undefined ? undefined : firstArgument([first]), node.start);
    },
  };

  function addStart(argument: Expression | undefined, offset: number): void {
    const specifier = plainString(argument);
    if (specifier !== undefined) add(specifier, offset, 'start');
  }
}

function firstArgument(
  nodes: readonly (Expression | { readonly type: 'SpreadElement' })[],
): Expression | undefined {
  const [first] = nodes;
  return first === undefined || first.type === 'SpreadElement' ? undefined : first;
}

function plainString(node: Expression | undefined): string | undefined {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0)
    return node.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}

function isImportMetaMember(node: Expression, name: string): boolean {
  return (
    node.type === 'MemberExpression' &&
    node.object.type === 'MetaProperty' &&
    node.object.meta.name === 'import' &&
    memberName(node) === name
  );
}

const globalNames = new Set(['globalThis', 'global']);

/** Sees `process.env`, `process['env']`, `globalThis.process.env`, `const { env } = process`, other names
 * given to `process`, and `env` imported from `node:process`. */
function environmentVisitor(findings: Findings, lineOf: LineOf): VisitorFunctions {
  const names = new Set(['process']);
  const add = (offset: number) => findings.environmentReads.push(lineOf(offset));
  const isNamed = (node: Expression, allowed: ReadonlySet<string>) =>
    node.type === 'Identifier' && allowed.has(node.name);
  const isProcess = (wrapped: Expression): boolean => {
    const node = unwrap(wrapped);
    if (node.type !== 'MemberExpression') return isNamed(node, names);
    return memberName(node) === 'process' && isNamed(unwrap(node.object), globalNames);
  };
  return {
    ImportDeclaration: (node) => {
      if (node.source.value !== 'node:process' && node.source.value !== 'process') return;
      for (const specifier of node.specifiers) {
        if (specifier.type !== 'ImportSpecifier') names.add(specifier.local.name);
        else if (specifier.imported.type === 'Identifier' && specifier.imported.name === 'env')
          add(node.start);
      }
    },
    VariableDeclarator: (node) => {
      if (node.init === null || !isProcess(node.init)) return;
      if (node.id.type === 'Identifier') names.add(node.id.name);
      if (node.id.type !== 'ObjectPattern') return;
      const takesEnvironment = node.id.properties.some(
        (property) =>
          property.type === 'RestElement' ||
          (property.key.type === 'Identifier' && property.key.name === 'env') ||
          (property.key.type === 'Literal' && property.key.value === 'env'),
      );
      if (takesEnvironment) add(node.start);
    },
    MemberExpression: (node) => {
      if (memberName(node) === 'env' && isProcess(node.object)) add(node.start);
    },
  };
}

function memberName(node: Extract<Expression, { type: 'MemberExpression' }>): string | undefined {
  if (node.computed) return plainString(node.property);
  return node.property.type === 'Identifier' ? node.property.name : undefined;
}

/** The expression inside parentheses and claims about its type. */
function unwrap(node: Expression): Expression {
  switch (node.type) {
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
      return unwrap(node.expression);
    default:
      return node;
  }
}
