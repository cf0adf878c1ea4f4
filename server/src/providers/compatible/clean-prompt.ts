const ownTag = 'sd_cpp_extra_args';
/** Spaces and what else may stand in a tag are bounded, so that no text can make the search slow. */
const anyTag = new RegExp(String.raw`<\s{0,8}(/?)\s{0,8}${ownTag}[^<>]{0,64}>`, 'giu');
const ownName = new RegExp(ownTag, 'giu');
const mostPasses = 8;

/**
 * A text without sd-server's tags, whose content the server would run as options. Taking one out can put the halves of
 * another together, so it is done again; whoever nests them deeper loses the name of the tag instead.
 */
export function withoutExtraArgs(text: string): string {
  let clean = text;
  for (let pass = 0; pass < mostPasses; pass += 1) {
    const next = cutTags(clean);
    if (next === clean) return clean;
    clean = next;
  }
  return clean.replace(ownName, 'sd cpp extra args');
}

/** Cuts whole blocks with what stands in them, and tags that have lost their other half. */
function cutTags(text: string): string {
  const kept: string[] = [];
  let from = 0;
  let opened: number | null = null;
  for (const match of text.matchAll(anyTag)) {
    const isEnd = match[1] === '/';
    // Everything since the first open tag goes, once its end is there.
    if (opened === null || !isEnd) kept.push(text.slice(from, match.index));
    if (isEnd && opened !== null) kept.length = opened;
    opened = isEnd ? null : (opened ?? kept.length);
    from = match.index + match[0].length;
  }
  return kept.join('') + text.slice(from);
}

/** A text without LocalAI's bar, behind which a negative prompt begins. */
export function withoutBars(text: string): string {
  return text.replaceAll(/ {0,4}\| {0,4}/g, ', ');
}

/**
 * Options as sd-server takes them from a prompt. Nothing in them can end the tag: `<` is written as JSON may write it,
 * and line breaks, at which the server's search ends, are escaped by JSON itself.
 */
export function writeExtraArgs(options: Readonly<Record<string, unknown>>): string {
  const json = JSON.stringify(options).replaceAll('<', String.raw`\u003c`);
  return `<${ownTag}>${json}</${ownTag}>`;
}
