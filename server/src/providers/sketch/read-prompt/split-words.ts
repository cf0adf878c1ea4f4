/** Prompts are read up to here; the rest cannot change a picture that is full already. */
const readLimitChars = 4000;

export type Word = { readonly text: string } | { readonly emoji: string } | { readonly stop: true };

export type Split = { readonly words: readonly Word[]; readonly quoted: readonly string[] };

const quotePatterns = [
  /“([^”]{1,120})”/gu,
  /„([^“”]{1,120})[“”]/gu,
  /«([^»]{1,120})»/gu,
  /‘([^’]{1,120})’(?!\p{L})/gu,
  /"([^"]{1,120})"/gu,
  /`([^`]{1,120})`/gu,
  /(?<![\p{L}\p{N}])'([^']{1,120}(?:'\p{L}[^']{0,60})?)'(?!\p{L})/gu,
];

/** Lower-case words, emoji and sentence ends in order, and what stood in quotation marks. */
export function splitWords(prompt: string, emojiCodes: Readonly<Record<string, string>>): Split {
  let text = [...prompt.slice(0, readLimitChars)].map((char) => (isControl(char) ? ' ' : char)).join('');
  const quoted: { at: number; text: string }[] = [];
  for (const pattern of quotePatterns) {
    text = text.replace(pattern, (whole, inside: string, at: number) => {
      const clean = inside.replace(/\s+/g, ' ').trim();
      if (clean !== '') quoted.push({ at, text: clean });
      return ' '.repeat(whole.length);
    });
  }
  const words: Word[] = [];
  const pieces =
    /[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*|[.!?;\n]|[\p{Extended_Pictographic}\p{Regional_Indicator}](?:\u{fe0f}|\u{200d}|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator})*/gu;
  for (const [piece] of text.matchAll(pieces)) {
    if (/^[.!?;\n]$/.test(piece)) words.push({ stop: true });
    else if (/^[\p{L}\p{M}\p{N}]/u.test(piece))
      words.push({ text: piece.toLowerCase().replace(/['’]s?/g, (mark) => mark.slice(1)) });
    else {
      const found = findEmoji(piece, emojiCodes);
      if (found !== null) words.push({ emoji: found });
    }
  }
  return { words, quoted: quoted.sort((a, b) => a.at - b.at).map((entry) => entry.text) };
}

function isControl(char: string): boolean {
  const code = char.codePointAt(0) ?? 0;
  return (
    (code < 32 && code !== 10) ||
    (code >= 127 && code < 160) ||
    (code >= 0x200b && code <= 0x200f && code !== 0x200d) ||
    (code >= 0xd800 && code <= 0xdfff)
  );
}

/** The icon of the longest run of code points that is a known emoji. */
function findEmoji(piece: string, codes: Readonly<Record<string, string>>): string | null {
  const points = [...piece].map((char) => (char.codePointAt(0) ?? 0).toString(16));
  for (let length = points.length; length > 0; length -= 1) {
    const run = points.slice(0, length);
    for (const key of [run.join('-'), run.filter((code) => code !== 'fe0f').join('-'), `${run[0]}-fe0f`]) {
      const name = Object.hasOwn(codes, key) ? codes[key] : undefined;
      if (name !== undefined) return name;
    }
  }
  return null;
}
