import { Button, Loader, NativeSelect } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, type RefObject, Suspense, useCallback, useEffect, useMemo, useRef } from 'react';
import { EmptyState } from '../common/empty-state.tsx';
import { ErrorNotice } from '../common/error-notice.tsx';
import { NewRowsButton } from '../common/new-rows-button.tsx';
import { PageHeader } from '../common/page-header.tsx';
import { SearchBox } from '../common/search-box.tsx';
import { useGoTo } from '../common/use-go-to.ts';
import { scrollToTop, useKeptScroll, useTopOfAnother } from '../common/use-kept-scroll.ts';
import { FilterBar } from '../filters/filter-bar.tsx';
import { type ImageFilters, useGalleryFilters } from './gallery-filters.ts';
import classes from './gallery-page.module.css';
import { type GallerySearch, isNarrowed, toImageQuery } from './gallery-search.ts';
import { ImageGrid } from './image-grid.tsx';
import { nameMonth } from './lay-out-grid.ts';
import { MonthSelect } from './month-select.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { useGallery, useGalleryImage } from './use-gallery.ts';
import { useSelection } from './use-selection.ts';

const ImageViewer = lazy(async () => ({
  default: (await import('../viewer/image-viewer.tsx')).ImageViewer,
}));

/** Every image of the project. */
export function GalleryPage() {
  const pageRef = useRef<HTMLDivElement>(null);
  const search = useSearch({ from: '/images' });
  const change = useChangeSearch();
  // Opening an image must not ask for the list again.
  const written = JSON.stringify(toImageQuery(search));
  const query = useMemo(() => JSON.parse(written) as ReturnType<typeof toImageQuery>, [written]);
  const gallery = useGallery(query);
  const { images, newer, showNewer, hasNextPage, isFetchingNextPage, fetchNextPage } = gallery;
  const selection = useSelection(images);
  const filters = useGalleryFilters(search, change);
  useKeptScroll(pageRef, gallery.isSuccess);
  useTopOfAnother(pageRef, written);
  useNewerAtTop(
    pageRef,
    newer.length > 0 && selection.ids.size === 0 && search.image === undefined,
    showNewer,
  );
  const loadMore = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [isFetchingNextPage, fetchNextPage]);
  const open = useCallback((index: number) => change({ image: images[index]?.id }, true), [change, images]);
  return (
    <div ref={pageRef} className={classes.page}>
      <PageHeader
        title="Images"
        description="Every picture that was made, in whatever way it was asked for."
        actions={
          <>
            <MonthSelect value={search.month} onChange={(month) => change({ month }, true)} />
            <NativeSelect
              aria-label="Order"
              value={search.order ?? 'desc'}
              onChange={(event) =>
                change({ order: event.currentTarget.value === 'asc' ? 'asc' : undefined }, true)
              }
              data={[
                { value: 'desc', label: 'Newest first' },
                { value: 'asc', label: 'Oldest first' },
              ]}
            />
          </>
        }
      />
      <div className={classes.tools}>
        <div className={classes.words}>
          <SearchBox
            label="Search images by the words of their prompts"
            placeholder="Search prompts: otter -river “red cap”"
            value={search.q}
            onChange={(q) => change({ q })}
          />
        </div>
        <FilterBar {...filters} />
      </div>
      {search.month !== undefined && (
        <p className={classes.anchor}>
          From {nameMonth(search.month)} on.{' '}
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconArrowUp size={14} />}
            onClick={() => change({ month: undefined }, true)}
          >
            Back to the {search.order === 'asc' ? 'oldest' : 'newest'}
          </Button>
        </p>
      )}
      <NewRowsButton
        count={newer.length}
        noun="image"
        onShow={() => {
          showNewer();
          scrollToTop(pageRef.current);
        }}
      />
      {gallery.isPending && <Loader size="sm" color="gray" role="status" aria-label="Loading images" />}
      {gallery.error !== null && (
        <ErrorNotice
          title="Images could not be loaded"
          error={gallery.error}
          onRetry={() => void gallery.refetch()}
        />
      )}
      {gallery.isSuccess && images.length === 0 && newer.length === 0 && (
        <NoImages search={search} filters={filters} onClear={() => change(nothing, true)} />
      )}
      <ImageGrid images={images} selection={selection} hasMore={hasNextPage} onEnd={loadMore} onOpen={open} />
      <SelectionBar selection={selection} />
      <OpenImage search={search} images={images} onChange={(image) => change({ image })} onEnd={loadMore} />
    </div>
  );
}

const nothing: GallerySearch = {
  q: undefined,
  filter: undefined,
  tags: undefined,
  type: undefined,
  from: undefined,
  to: undefined,
  month: undefined,
};

type OpenImageProps = {
  readonly search: GallerySearch;
  readonly images: ReturnType<typeof useGallery>['images'];
  readonly onChange: (id: string | undefined) => void;
  readonly onEnd: () => void;
};

/** The image of the address over the whole screen: among the others of the list, or by itself where it is not loaded. */
function OpenImage({ search, images, onChange, onEnd }: OpenImageProps) {
  const { image: id } = search;
  const at = images.findIndex((image) => image.id === id);
  const alone = useGalleryImage(id, images[at]);
  if (id === undefined) return null;
  if (at === -1 && alone.error !== null) {
    return <ErrorNotice title="This image could not be opened" error={alone.error} />;
  }
  const shown = at === -1 ? (alone.data === undefined ? [] : [alone.data]) : images;
  if (shown.length === 0) return null;
  return (
    <Suspense fallback={null}>
      <ImageViewer
        images={shown}
        index={Math.max(0, at)}
        onIndex={(index) => {
          onChange(shown[index]?.id);
          if (index > shown.length - 3) onEnd();
        }}
        onClose={() => onChange(undefined)}
      />
    </Suspense>
  );
}

type NoImagesProps = {
  readonly search: GallerySearch;
  readonly filters: ImageFilters;
  readonly onClear: () => void;
};

function NoImages({ search, onClear }: NoImagesProps) {
  const goTo = useGoTo();
  if (isNarrowed(search) || search.month !== undefined) {
    return (
      <EmptyState
        title="No image fits"
        actions={
          <Button variant="default" size="xs" onClick={onClear}>
            Show all images
          </Button>
        }
      >
        Look for fewer words, or take filters away.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="No images yet"
      actions={
        <Button component="a" size="xs" {...goTo('/')}>
          Make a picture
        </Button>
      }
    >
      Pictures appear here by themselves: those of the playground, and those that your code asks for.
    </EmptyState>
  );
}

/** Changes members of the address. `isStep`: one goes back from it. */
function useChangeSearch() {
  const navigate = useNavigate({ from: '/images' });
  return useCallback(
    (change: Partial<GallerySearch>, isStep = false) =>
      void navigate({ search: (now) => ({ ...now, ...change }), replace: !isStep, resetScroll: false }),
    [navigate],
  );
}

/** Whoever is at the very top, with nothing chosen, looks at what comes. */
function useNewerAtTop(
  pageRef: RefObject<HTMLElement | null>,
  isWanted: boolean,
  showNewer: () => void,
): void {
  useEffect(() => {
    if (!isWanted) return;
    const top = pageRef.current?.closest('main')?.scrollTop ?? 0;
    const isFocused = pageRef.current?.contains(document.activeElement) === true;
    if (top + window.scrollY < 8 && !isFocused) showNewer();
  });
}
