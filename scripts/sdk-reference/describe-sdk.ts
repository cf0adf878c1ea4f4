import { readFileSync } from 'node:fs';
import { parseSync } from 'oxc-parser';

const source = new URL('../../sdk/src/', import.meta.url);

const intro = `# Reference of the SDK

Written from the docstrings of \`sdk/src\` by \`npm run reference\`; a test fails when it is out of date. The guide is
[guides/sdk.md](guides/sdk.md).

\`\`\`text
import { Pictor } from '@pictor/sdk';
\`\`\`
`;

type Node = {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [member: string]: unknown;
};
type File = { readonly text: string; readonly body: readonly Node[]; readonly comments: readonly Node[] };

/** The page of everything that the client exports, in the order in which it exports it. */
export function describeSdk(): string {
  const index = readSource('index.ts');
  const parts: string[] = [];
  const foreign: string[] = [];
  for (const statement of index.body) {
    if (statement.type !== 'ExportNamedDeclaration') continue;
    const from = literal(statement.source);
    const names = nodes(statement.specifiers).map((specifier) => nameOf(specifier.exported));
    if (from.startsWith('./')) parts.push(...describeFile(readSource(from.slice(2)), names));
    else foreign.push(...names);
  }
  const bodies = foreign.map((name) => `\`${name}\``).join(', ');
  return `${intro}\n${parts.join('\n')}\n## Bodies and answers\n\nTypes of what the server takes and gives: ${bodies}.\n`;
}

function readSource(name: string): File {
  const text = readFileSync(new URL(name, source), 'utf8');
  const { comments, program } = parseSync(name, text);
  return { text, body: nodes(program.body), comments: nodes(comments) };
}

function describeFile(file: File, names: readonly string[]): string[] {
  return names.map((name) => {
    const statement = file.body.find((each) => nameOf(node(each.declaration)?.id) === name);
    const declaration = node(statement?.declaration);
    if (statement === undefined || declaration === null)
      throw new Error(`The SDK exports ${name}, which is nowhere.`);
    const told = docBefore(file, statement);
    const members = membersOf(declaration).flatMap((member) => describeMember(file, member));
    const lines = [`## ${name}`, '', ...(told === '' ? [] : [told, '']), ...members];
    return `${lines.join('\n').trimEnd()}\n`;
  });
}

/** Members of a type or a class; of parts that are put together, the members of every part. */
function membersOf(declaration: Node): readonly Node[] {
  const inner = node(declaration.typeAnnotation);
  switch (declaration.type) {
    case 'TSTypeAliasDeclaration':
      return inner === null ? [] : membersOf(inner);
    case 'TSTypeLiteral':
      return nodes(declaration.members);
    case 'TSIntersectionType':
    case 'TSUnionType':
      return nodes(declaration.types).flatMap(membersOf);
    case 'TSParenthesizedType':
      return inner === null ? [] : membersOf(inner);
    case 'ClassDeclaration': {
      const own = nodes(node(declaration.body)?.body);
      return own.filter((member) => member.type === 'PropertyDefinition' && member.override !== true);
    }
    default:
      return [];
  }
}

function describeMember(file: File, member: Node): string[] {
  const told = docBefore(file, member);
  const signature = file.text
    .slice(member.start, member.end)
    .replaceAll(/\/\*\*[\s\S]*?\*\//g, '')
    .replaceAll(/\s+/g, ' ')
    .replace(/^readonly /, '')
    .replace(/;$/, '')
    .replaceAll(/\( /g, '(')
    .replaceAll(/,? \)/g, ')');
  return [`- \`${signature}\`${told === '' ? '' : `: ${told}`}`];
}

/** The docstring right before a node, as one paragraph. */
function docBefore({ comments, text }: File, { start }: Node): string {
  const comment = comments.findLast((each) => each.end <= start);
  if (comment === undefined || text.slice(comment.end, start).trim() !== '') return '';
  const value = literal(comment);
  if (!value.startsWith('*')) return '';
  return value
    .slice(1)
    .replaceAll(/^\s*\* ?/gm, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function nodes(value: unknown): readonly Node[] {
  return Array.isArray(value) ? value.flatMap((each: unknown) => node(each) ?? []) : [];
}

function node(value: unknown): Node | null {
  // The parser's own types name every kind of node; what is read here is the same in all of them.
  return typeof value === 'object' && value !== null && 'type' in value ? (value as Node) : null;
}

function nameOf(value: unknown): string {
  const name = node(value)?.name;
  return typeof name === 'string' ? name : '';
}

function literal(value: unknown): string {
  const text = node(value)?.value;
  return typeof text === 'string' ? text : '';
}
