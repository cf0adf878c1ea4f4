import type { ImageSearchBody, RequestFilterGroup } from '@pictor/sdk';
import { readFilters, readWords } from '../filters/read-filters.ts';

/** What the address of the gallery keeps. Absent: every image, newest first. */
export type GallerySearch = {
  readonly q?: string | undefined;
  /** Conditions on the requests of the images. */
  readonly filter?: RequestFilterGroup | undefined;
  /** Of the images themselves. */
  readonly tags?: readonly string[] | undefined;
  readonly type?: string | undefined;
  /** Days of the images themselves. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly order?: 'asc' | undefined;
  /** `2026-11`: where the list begins; what is newer is above it. */
  readonly month?: string | undefined;
  /** The image that is open. */
  readonly image?: string | undefined;
};

/** Reads the address; what makes no sense is left out. */
export function readGallerySearch(search: Record<string, unknown>): GallerySearch {
  const tags = Array.isArray(search.tags) ? search.tags.flatMap((tag) => readWords(tag) ?? []) : [];
  return {
    q: readWords(search.q),
    filter: readFilters(search.filter),
    tags: tags.length === 0 ? undefined : tags,
    type: readWords(search.type),
    from: readDay(search.from),
    to: readDay(search.to),
    order: search.order === 'asc' ? 'asc' : undefined,
    month: readMatch(search.month, /^\d{4}-(0[1-9]|1[0-2])$/),
    image: readMatch(search.image, /^img_[0-9a-f]{32}$/),
  };
}

/** What is asked of the server: everything in the address that says which images there are, and in which order. */
export function toImageQuery(search: GallerySearch): ImageSearchBody {
  const { q, filter, tags, type, from, order, month } = search;
  const to = earliest(search.to, month === undefined || order === 'asc' ? undefined : endOfMonth(month));
  const since = order === 'asc' && month !== undefined ? latest(from, `${month}-01`) : from;
  return {
    ...(q === undefined ? {} : { q }),
    ...(filter === undefined ? {} : { filter_group: filter }),
    ...(tags === undefined ? {} : { tags: [...tags] }),
    ...(type === undefined ? {} : { media_type: type }),
    ...(since === undefined ? {} : { from: since }),
    ...(to === undefined ? {} : { to }),
    ...(order === undefined ? {} : { sort_order: order }),
  };
}

/** Is it less than every image? */
export function isNarrowed({ q, filter, tags, type, from, to }: GallerySearch): boolean {
  return [q, filter, tags, type, from, to].some((member) => member !== undefined);
}

function endOfMonth(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}

function earliest(...days: readonly (string | undefined)[]): string | undefined {
  return days.filter((day) => day !== undefined).toSorted()[0];
}

function latest(...days: readonly (string | undefined)[]): string | undefined {
  return days
    .filter((day) => day !== undefined)
    .toSorted()
    .at(-1);
}

function readDay(value: unknown): string | undefined {
  return readMatch(value, /^\d{4}-\d\d-\d\d$/);
}

function readMatch(value: unknown, pattern: RegExp): string | undefined {
  return typeof value === 'string' && pattern.test(value) ? value : undefined;
}
