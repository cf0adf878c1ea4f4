import { parse, tokenize } from '@huggingface/jinja';

/** Names that every template has. */
const builtIn: ReadonlySet<string> = new Set([
  'range',
  'namespace',
  'dict',
  'raise_exception',
  'strftime_now',
  'loop',
  'true',
  'false',
  'none',
  'True',
  'False',
  'None',
]);

/** Members that hold names of filters, tests, macros or arguments, not of variables. */
const nameOnly: Readonly<Record<string, readonly string[]>> = {
  FilterExpression: ['filter'],
  TestExpression: ['test'],
  KeywordArgumentExpression: ['key'],
  Macro: ['name', 'args'],
  UnaryExpression: ['operator'],
  BinaryExpression: ['operator'],
};

/** Templates are read in the process that answers everybody. */
const maxCharacters = 100_000;

/** The variables that a Jinja template reads, each once. Throws what the parser throws where it is no template. */
export function listJinjaVariables(text: string): readonly string[] {
  const found = new Set<string>();
  const own = new Set<string>();
  if (text.length > maxCharacters) throw new Error(`it has more than ${maxCharacters} characters`);
  visit(parse(tokenize(text)), found, own);
  return [...found].filter((name) => !own.has(name) && !builtIn.has(name));
}

function visit(node: unknown, found: Set<string>, own: Set<string>): void {
  if (Array.isArray(node)) {
    for (const each of node) visit(each, found, own);
    return;
  }
  if (typeof node !== 'object' || node === null || !('type' in node)) return;
  const { type } = node;
  if (type === 'Identifier' && 'value' in node && typeof node.value === 'string') found.add(node.value);
  if (type === 'For' && 'loopvar' in node) collect(node.loopvar, own);
  if (type === 'Set' && 'assignee' in node) collect(node.assignee, own);
  if (type === 'Macro') for (const part of ['name', 'args']) collect(Reflect.get(node, part), own);
  for (const [member, value] of Object.entries(node)) {
    if (isNameOnly(node, String(type), member)) visitCalls(value, found, own);
    else visit(value, found, own);
  }
}

function isNameOnly(node: object, type: string, member: string): boolean {
  if (type === 'MemberExpression')
    return member === 'property' && !('computed' in node && node.computed === true);
  return nameOnly[type]?.includes(member) ?? false;
}

/** A filter with arguments is a call: its name is none of a variable, its arguments may be. */
function visitCalls(node: unknown, found: Set<string>, own: Set<string>): void {
  if (typeof node !== 'object' || node === null || !('args' in node)) return;
  visit(node.args, found, own);
}

/** Names that the template itself gives. */
function collect(node: unknown, own: Set<string>): void {
  visit(node, own, new Set());
}
