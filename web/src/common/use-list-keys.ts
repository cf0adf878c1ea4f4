import { type KeyboardEvent, type RefObject, useCallback, useEffect, useRef, useState } from 'react';

export type ListKeys = {
  /** The row that the tab key stops at. */
  readonly active: number;
  readonly onFocus: (index: number) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  /** Puts the focus on a row, wherever it is. */
  readonly moveTo: (index: number) => void;
};

/** What a key leads to from a row; null: it leads nowhere. Default: one row up or down, first, last. */
type Step = (from: number, key: string) => number | null;

/**
 * Rows by the keys: arrows, j and k, Home and End. The rows are links with `data-index`, one of which the tab key stops
 * at. The first j, k or arrow on the page leads into the list.
 */
export function useListKeys(
  listRef: RefObject<HTMLElement | null>,
  count: number,
  scrollTo: (index: number) => void,
  step: Step = stepByRow,
): ListKeys {
  const [active, setActive] = useState(0);
  const isMoved = useRef(false);
  // The row is in the document once the list has scrolled to it.
  useEffect(() => {
    if (!isMoved.current) return;
    const row = listRef.current?.querySelector<HTMLElement>(`[data-index="${active}"]`);
    isMoved.current = row === null || row === undefined;
    row?.focus({ preventScroll: true });
  });
  const moveTo = (index: number): void => {
    isMoved.current = true;
    const within = Math.max(0, Math.min(count - 1, index));
    setActive(within);
    scrollTo(within);
    // The same row again renders nothing, and yet may have lost the focus.
    listRef.current?.querySelector<HTMLElement>(`[data-index="${within}"]`)?.focus({ preventScroll: true });
  };
  useFirstKey(() => {
    if (count > 0) moveTo(active);
  });
  return {
    active,
    moveTo,
    onFocus: useCallback((index: number) => setActive(index), []),
    onKeyDown: (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const next = step(active, event.key);
      if (next === null) return;
      event.preventDefault();
      moveTo(next);
    },
  };
}

function stepByRow(from: number, key: string): number | null {
  switch (key) {
    case 'ArrowUp':
    case 'k':
      return from - 1;
    case 'ArrowDown':
    case 'j':
      return from + 1;
    case 'Home':
      return 0;
    case 'End':
      return Number.MAX_SAFE_INTEGER;
    default:
      return null;
  }
}

function useFirstKey(enter: () => void): void {
  const latest = useRef(enter);
  useEffect(() => {
    latest.current = enter;
  });
  useEffect(() => {
    const hear = (event: globalThis.KeyboardEvent): void => {
      const isFree = document.activeElement === null || document.activeElement === document.body;
      if (!isFree || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!['j', 'k', 'ArrowDown'].includes(event.key)) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, []);
}
