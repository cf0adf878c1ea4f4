const mostBytes = 120;
const extensions: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'avif',
  'image/svg+xml': 'svg',
};

type NamedImage = { readonly id: string; readonly media_type: string };

/** A name to save an image under, good on every system: words of the prompt, the id, and what the bytes are. */
export function toFileName(image: NamedImage, prompt: string): string {
  const words = cut(
    prompt
      .normalize('NFKC')
      .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
      .replace(/^-+|-+$/g, ''),
  );
  return `${words === '' ? '' : `${words}-`}${image.id}.${extensions[image.media_type] ?? 'bin'}`;
}

/** As many whole words as go into the name; of a single long one as much as goes. */
function cut(words: string): string {
  if (byteCount(words) <= mostBytes) return words;
  let kept = '';
  for (const letter of words) {
    if (byteCount(kept + letter) > mostBytes) break;
    kept += letter;
  }
  const end = kept.lastIndexOf('-');
  return end > 0 ? kept.slice(0, end) : kept;
}

function byteCount(text: string): number {
  return new TextEncoder().encode(text).length;
}
