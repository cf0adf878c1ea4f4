import { useMediaQuery } from '@mantine/hooks';
import { type Range, useVirtualizer, useWindowVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useLayoutEffect, useState } from 'react';

type VirtualListOptions = {
  /** The element whose height is that of the whole list. */
  readonly listRef: RefObject<HTMLElement | null>;
  readonly count: number;
  /** In pixels. The same function for as long as no row changes: every row is measured when it is another one. */
  readonly rowHeight: (index: number) => number;
  /** The same function for as long as no row changes. */
  readonly rowKey: (index: number) => string;
  /** A row that stays in the document wherever one scrolls to: the one that has the focus. */
  readonly keptRow?: number | undefined;
  /** More rows can be loaded; `onEnd` is called when the end comes near. */
  readonly hasMore: boolean;
  readonly onEnd: () => void;
  /** Pixels at the top of what scrolls that something covers. */
  readonly covered?: number;
};

export type VirtualList = {
  readonly rows: readonly VirtualItem[];
  /** Pixels. */
  readonly height: number;
  /** What the place of a row is counted from. */
  readonly top: number;
  readonly scrollToRow: (index: number) => void;
};

const rowsBeyond = 6;
/** So near the end, more is loaded. */
const rowsBeforeEnd = 12;

/** The rows of a list that are near what one sees. On wide screens the page's main part scrolls, else the window. */
export function useVirtualList(options: VirtualListOptions): VirtualList {
  const { listRef, count, rowHeight, rowKey, keptRow, covered = 0, hasMore, onEnd } = options;
  const isWide = useMediaQuery('(min-width: 62em)', undefined, { getInitialValueInEffect: false }) ?? true;
  const top = useTop(listRef, isWide);
  const shared = {
    count,
    estimateSize: rowHeight,
    getItemKey: rowKey,
    overscan: rowsBeyond,
    scrollMargin: top,
    scrollPaddingStart: covered,
    rangeExtractor: (range: Range) => listRows(range, keptRow),
  };
  const inMain = useVirtualizer<HTMLElement, Element>({
    ...shared,
    enabled: isWide,
    getScrollElement: () => listRef.current?.closest('main') ?? null,
  });
  const inWindow = useWindowVirtualizer({ ...shared, enabled: !isWide });
  const list = isWide ? inMain : inWindow;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list keeps heights until it is told that they changed.
  useLayoutEffect(() => list.measure(), [rowHeight, list]);
  const rows = list.getVirtualItems();
  const last = rows.findLast((row) => row.index !== keptRow)?.index ?? 0;
  useEffect(() => {
    if (hasMore && count > 0 && last >= count - rowsBeforeEnd) onEnd();
  }, [hasMore, count, last, onEnd]);
  return {
    rows,
    height: list.getTotalSize(),
    top,
    scrollToRow: (index) => list.scrollToIndex(index, { align: 'auto' }),
  };
}

function listRows({ startIndex, endIndex, overscan, count }: Range, kept: number | undefined): number[] {
  const first = Math.max(0, startIndex - overscan);
  const last = Math.min(count - 1, endIndex + overscan);
  const rows = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  if (kept === undefined || kept >= count || (kept >= first && kept <= last)) return rows;
  return kept < first ? [kept, ...rows] : [...rows, kept];
}

/** How far below the beginning of what scrolls the list begins; followed while what is above it changes. */
function useTop(listRef: RefObject<HTMLElement | null>, isWide: boolean): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const list = listRef.current;
    const page = list?.closest('main');
    if (list === null || page === null || page === undefined) return;
    const measure = (): void => {
      const scrolled = isWide ? page.scrollTop : window.scrollY;
      const start = isWide ? page.getBoundingClientRect().top : 0;
      setTop(Math.round(list.getBoundingClientRect().top - start + scrolled));
    };
    measure();
    const observer = new ResizeObserver(measure);
    for (const element of [page, list.parentElement ?? page]) observer.observe(element);
    return () => observer.disconnect();
  }, [listRef, isWide]);
  return top;
}
