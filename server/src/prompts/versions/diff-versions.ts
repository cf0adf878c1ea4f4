import type { PromptVersion } from './prompt.ts';

/** One line of a comparison. */
export type DiffLine = { readonly kind: 'same' | 'added' | 'removed'; readonly text: string };

/** One member that differs, by its path: `parameters.size`. Null: it is not there. */
export type DiffMember = { readonly path: string; readonly before: unknown; readonly after: unknown };

export type VersionDiff = {
  readonly from: number;
  readonly to: number;
  /** Texts, line by line, in the order of the template. */
  readonly text: readonly DiffLine[];
  /** Everything else: model, parameters, tools, blocks that are no text. */
  readonly members: readonly DiffMember[];
};

/** Comparisons of longer texts take too long; the whole is then removed and added. */
const maxLines = 2_000;

/** What changed between two versions of a prompt. */
export function diffVersions(before: PromptVersion, after: PromptVersion): VersionDiff {
  return {
    from: before.version,
    to: after.version,
    text: diffLines(toLines(before), toLines(after)),
    members: diffMembers('', toMembers(before), toMembers(after)),
  };
}

/** A chat names who speaks. */
function toLines({ template }: PromptVersion): readonly string[] {
  const textOf = (blocks: readonly { readonly type: string; readonly text?: unknown }[]) =>
    blocks.flatMap((block) => (block.type === 'text' ? String(block.text).split('\n') : []));
  if (template.type === 'completion') return textOf(template.content);
  return template.messages.flatMap((message) => [`[${message.role}]`, ...textOf(message.content)]);
}

function toMembers({ template, model, metadata }: PromptVersion): unknown {
  const { input_variables, ...rest } = template;
  const shape =
    rest.type === 'completion'
      ? { ...rest, content: withoutTexts(rest.content) }
      : {
          ...rest,
          messages: rest.messages.map((each) => ({ ...each, content: withoutTexts(each.content) })),
        };
  return { model, metadata, template: shape, input_variables };
}

function withoutTexts(blocks: readonly { readonly type: string }[]): readonly unknown[] {
  return blocks.filter((block) => block.type !== 'text');
}

function diffMembers(path: string, before: unknown, after: unknown): DiffMember[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (!isBranch(before) || !isBranch(after)) return [{ path, before: before ?? null, after: after ?? null }];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) =>
    diffMembers(path === '' ? name : `${path}.${name}`, Reflect.get(before, name), Reflect.get(after, name)),
  );
}

function isBranch(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** The longest common subsequence, by the usual table. */
function diffLines(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  if (before.length > maxLines || after.length > maxLines) {
    return [...before.map(toLine('removed')), ...after.map(toLine('added'))];
  }
  const width = after.length + 1;
  const lengths = new Uint16Array((before.length + 1) * width);
  const at = (row: number, column: number): number => lengths[row * width + column] ?? 0;
  for (let row = before.length - 1; row >= 0; row -= 1) {
    for (let column = after.length - 1; column >= 0; column -= 1) {
      lengths[row * width + column] =
        before[row] === after[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  return walk(before, after, at);
}

function walk(
  before: readonly string[],
  after: readonly string[],
  at: (row: number, column: number) => number,
): DiffLine[] {
  const lines: DiffLine[] = [];
  let [row, column] = [0, 0];
  while (row < before.length || column < after.length) {
    const [old, fresh] = [before[row], after[column]];
    if (old !== undefined && old === fresh) {
      lines.push({ kind: 'same', text: old });
      row += 1;
      column += 1;
    } else if (old !== undefined && (fresh === undefined || at(row + 1, column) >= at(row, column + 1))) {
      lines.push({ kind: 'removed', text: old });
      row += 1;
    } else if (fresh !== undefined) {
      lines.push({ kind: 'added', text: fresh });
      column += 1;
    }
  }
  return lines;
}

function toLine(kind: DiffLine['kind']): (text: string) => DiffLine {
  return (text) => ({ kind, text });
}
