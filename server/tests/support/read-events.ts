/** One server-sent event as it stood on the wire. */
export type WireEvent = {
  /** Lines before `data:`, in order, without their line ends. */
  readonly head: readonly string[];
  readonly data: unknown;
};

/** A stream of events taken apart. Blocks are what stands between blank lines. */
export type WireStream = { readonly comments: readonly string[]; readonly events: readonly WireEvent[] };

/** Takes a whole stream apart. Throws where it is not in the form that all clients read. */
export function readStream(text: string): WireStream {
  if (!text.endsWith('\n\n')) throw new Error('The stream does not end with a blank line.');
  const blocks = text.slice(0, -2).split('\n\n');
  return {
    comments: blocks.filter((block) => block.startsWith(':')),
    events: blocks.filter((block) => !block.startsWith(':')).map(readBlock),
  };
}

function readBlock(block: string): WireEvent {
  const lines = block.split('\n');
  const last = lines.at(-1) ?? '';
  if (!last.startsWith('data: ')) throw new Error(`An event ends with '${last.slice(0, 40)}'.`);
  return { head: lines.slice(0, -1), data: JSON.parse(last.slice('data: '.length)) };
}
