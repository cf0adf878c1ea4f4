const ownTag = 'sd_cpp_extra_args';
const openTag = String.raw`<\s*${ownTag}[^<>]*>`;
const closeTag = String.raw`<\s*\/\s*${ownTag}[^<>]*>`;

/** A whole block with what stands in it, or a tag that has lost its other half. */
const block = new RegExp(`${openTag}[^]*?${closeTag}`, 'giu');
const tag = new RegExp(`${openTag}|${closeTag}`, 'giu');

/**
 * A text without sd-server's tags, whose content the server would run as options. Taking one out can put the halves of
 * another together, so it is done until there is none.
 */
export function withoutExtraArgs(text: string): string {
  let clean = text;
  for (let before = ''; before !== clean; ) {
    before = clean;
    clean = clean.replace(block, '').replace(tag, '');
  }
  return clean;
}

/** A text without LocalAI's bar, behind which a negative prompt begins. */
export function withoutBars(text: string): string {
  return text.replaceAll(/\s*\|\s*/g, ', ');
}

/**
 * Options as sd-server takes them from a prompt. Nothing in them can end the tag: `<` is written as JSON may write it,
 * and line breaks, at which the server's search ends, are escaped by JSON itself.
 */
export function writeExtraArgs(options: Readonly<Record<string, unknown>>): string {
  const json = JSON.stringify(options).replaceAll('<', String.raw`\u003c`);
  return `<${ownTag}>${json}</${ownTag}>`;
}
