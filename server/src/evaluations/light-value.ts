import type { Cell } from './runs/cell.ts';

const longestText = 300;
const mostMembers = 50;

/** A value as a grid shows it: long texts and lists are cut, so that a page of rows stays small. */
export function shorten(value: unknown): { readonly value: unknown; readonly isCut: boolean } {
  let isCut = false;
  const cut = (node: unknown): unknown => {
    if (typeof node === 'string') {
      if (node.length <= longestText) return node;
      isCut = true;
      return `${node.slice(0, longestText)}…`;
    }
    if (Array.isArray(node)) {
      isCut ||= node.length > mostMembers;
      return node.slice(0, mostMembers).map(cut);
    }
    if (typeof node !== 'object' || node === null) return node;
    const entries = Object.entries(node);
    isCut ||= entries.length > mostMembers;
    return Object.fromEntries(entries.slice(0, mostMembers).map(([name, member]) => [name, cut(member)]));
  };
  return { value: cut(value), isCut };
}

/** More pictures than these are no cell but a page. */
const mostPictures = 16;

export function listPictureIds(cell: Pick<Cell, 'images'>): readonly string[] {
  return cell.images.slice(0, mostPictures);
}
