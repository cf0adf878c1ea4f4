import { cleanText } from '../../database/index.ts';

/** A folder as it is kept: `/brand//autumn/` is `brand/autumn`. Empty: the top. */
export function toFolderPath(text: string): string {
  return cleanText(text)
    .split('/')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('/');
}
