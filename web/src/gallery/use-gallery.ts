import type { GalleryImage, GalleryPage, ImageSearchBody } from '@pictor/sdk';
import { type InfiniteData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { usePictor } from '../common/pictor-context.ts';

export const galleryKey = ['gallery'] as const;

const pageSize = 200;
const headSize = 50;
const pollMs = 5_000;

type Pages = InfiniteData<GalleryPage, string | undefined>;

/** The images of a search page by page, and what came since its first page was read. */
export function useGallery(query: ImageSearchBody) {
  const pictor = usePictor();
  const queryClient = useQueryClient();
  const key = useMemo(() => [...galleryKey, 'list', query], [query]);
  const pages = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) =>
      pictor.gallery.search({ ...query, limit: pageSize, cursor: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    // A long list is read once; what is new is asked for by itself.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const images = useMemo(() => pages.data?.pages.flatMap((page) => page.data) ?? [], [pages.data]);
  const canGrow = query.sort_order !== 'asc' && query.to === undefined;
  const head = useQuery({
    queryKey: [...galleryKey, 'head', query],
    queryFn: ({ signal }) => pictor.gallery.search({ ...query, limit: headSize }, { signal }),
    enabled: canGrow && pages.isSuccess,
    refetchInterval: pollMs,
  });
  const newer = useMemo(
    () => (canGrow ? listNewer(head.data?.data ?? [], images) : []),
    [canGrow, head.data, images],
  );
  return {
    ...pages,
    images,
    /** Images that are not in the list yet. */
    newer,
    /** Puts them in front of the others. */
    showNewer: (): void => {
      // More than one look can tell: the list begins anew.
      if (newer.length >= headSize) void queryClient.resetQueries({ queryKey: key });
      else queryClient.setQueryData<Pages>(key, (now) => now && withFirst(now, newer));
    },
  };
}

function listNewer(head: readonly GalleryImage[], images: readonly GalleryImage[]): GalleryImage[] {
  const known = new Set(images.slice(0, headSize * 2).map((image) => image.id));
  const first = head.findIndex((image) => known.has(image.id));
  return head.slice(0, first === -1 ? head.length : first);
}

function withFirst(pages: Pages, images: readonly GalleryImage[]): Pages {
  const [first, ...others] = pages.pages;
  if (first === undefined) return pages;
  return { ...pages, pages: [{ ...first, data: [...images, ...first.data] }, ...others] };
}

/** Changes what the loaded lists say, so that they need not be read again. */
export function useGalleryEdits() {
  const queryClient = useQueryClient();
  const edit = (change: (images: readonly GalleryImage[]) => GalleryImage[]): void => {
    queryClient.setQueriesData<Pages>({ queryKey: [...galleryKey, 'list'] }, (now) =>
      now === undefined
        ? now
        : { ...now, pages: now.pages.map((page) => ({ ...page, data: change(page.data) })) },
    );
    queryClient.setQueriesData<GalleryPage>(
      { queryKey: [...galleryKey, 'head'] },
      (now) => now && { ...now, data: change(now.data) },
    );
  };
  return {
    replace: (changed: readonly GalleryImage[]): void => {
      const byId = new Map(changed.map((image) => [image.id, image]));
      edit((images) => images.map((image) => byId.get(image.id) ?? image));
    },
    remove: (ids: readonly string[]): void => {
      const gone = new Set(ids);
      edit((images) => images.filter((image) => !gone.has(image.id)));
    },
  };
}

/** One image; what the list knows of it is shown at once. */
export function useGalleryImage(id: string | undefined, known: GalleryImage | undefined) {
  const pictor = usePictor();
  return useQuery({
    queryKey: [...galleryKey, 'one', id],
    queryFn: ({ signal }) => pictor.gallery.get(id ?? '', { signal }),
    enabled: id !== undefined && known === undefined,
  });
}

/** When the oldest image of a project was made, in unix seconds; null: there is none. */
export function useOldestTime() {
  const pictor = usePictor();
  return useQuery({
    queryKey: [...galleryKey, 'oldest'],
    queryFn: async ({ signal }) => {
      const page = await pictor.gallery.search({ sort_order: 'asc', limit: 1 }, { signal });
      return page.data[0]?.created_at ?? null;
    },
    staleTime: 10 * 60_000,
  });
}
