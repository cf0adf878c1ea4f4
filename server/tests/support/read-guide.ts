import { readFile } from 'node:fs/promises';

/** One fenced block of a page. */
export type Block = {
  /** The word behind the fence: `js`, `sh`, `python`, … */
  readonly language: string;
  /** Line of the page on which the fence stands, from 1. */
  readonly line: number;
  readonly code: string;
};

export type Guide = {
  readonly text: string;
  readonly blocks: readonly Block[];
  /** Pictures that the page names in its runnable blocks or `in code words`, without folders. */
  readonly pictures: readonly string[];
  /** Relative targets of links and pictures, without what stands behind `#`. */
  readonly links: readonly string[];
};

const runnable: readonly string[] = ['js', 'sh'];

/** Reads a page of the documentation. Throws when a fence is left open. */
export async function readGuide(path: string): Promise<Guide> {
  const text = await readFile(path, 'utf8');
  const { blocks, prose } = splitBlocks(text, path);
  const words = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, word]) => word ?? '');
  const code = blocks.filter(isRunnable).map((block) => block.code);
  const pictures = [...words, ...code].flatMap(
    (piece) => piece.match(/(?<![\w/.$}-])[\w-]+\.(?:png|jpe?g|webp)\b/g) ?? [],
  );
  const links = [...prose.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target]) => target ?? '');
  return {
    text,
    blocks,
    pictures: [...new Set(pictures)],
    links: links.filter((target) => !/^[a-z]+:/.test(target)),
  };
}

/** Is it a block that a reader can copy and run? */
export function isRunnable(block: Block): boolean {
  return runnable.includes(block.language);
}

function splitBlocks(text: string, path: string): { blocks: Block[]; prose: string } {
  const blocks: Block[] = [];
  const prose: string[] = [];
  let open: { language: string; line: number; code: string[] } | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    const fence = /^```(\w*)\s*$/.exec(line);
    if (open === undefined && fence !== null) {
      open = { language: fence[1] ?? '', line: index + 1, code: [] };
    } else if (open !== undefined && fence !== null) {
      blocks.push({ ...open, code: `${open.code.join('\n')}\n` });
      open = undefined;
    } else {
      (open?.code ?? prose).push(line);
    }
  }
  if (open !== undefined) throw new Error(`${path}:${open.line} opens a block that never ends.`);
  return { blocks, prose: prose.join('\n') };
}
