import { useLocation } from '@tanstack/react-router';
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

const storageKey = 'pictor-scroll';
const mostKept = 50;

/**
 * Puts the page where it was when one comes back to it, and at its top when it is opened anew. `isReady`: what makes
 * the page as long as it was is there.
 */
export function useKeptScroll(inPage: RefObject<HTMLElement | null>, isReady: boolean): void {
  const key = useLocation({ select: (location) => location.state.__TSR_key ?? location.pathname });
  const restored = useRef<string>(undefined);
  useLayoutEffect(() => {
    const page = inPage.current?.closest('main');
    if (!isReady || page === null || page === undefined || restored.current !== undefined) return;
    restored.current = key;
    const top = readKept()[key] ?? 0;
    page.scrollTo({ top, behavior: 'instant' });
    window.scrollTo({ top, behavior: 'instant' });
  }, [inPage, isReady, key]);

  useEffect(() => {
    const page = inPage.current?.closest('main');
    if (page === null || page === undefined) return;
    let frame = 0;
    const keep = (): void => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => writeKept(key, Math.max(page.scrollTop, window.scrollY)));
    };
    page.addEventListener('scroll', keep, { passive: true });
    window.addEventListener('scroll', keep, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      page.removeEventListener('scroll', keep);
      window.removeEventListener('scroll', keep);
    };
  }, [inPage, key]);
}

/** Another list begins at its top. */
export function useTopOfAnother(inPage: RefObject<HTMLElement | null>, list: string): void {
  const shown = useRef(list);
  useEffect(() => {
    if (shown.current === list) return;
    shown.current = list;
    scrollToTop(inPage.current);
  }, [inPage, list]);
}

export function scrollToTop(inPage: HTMLElement | null): void {
  inPage?.closest('main')?.scrollTo({ top: 0 });
  window.scrollTo({ top: 0 });
}

function readKept(): Record<string, number> {
  try {
    return JSON.parse(sessionStorage.getItem(storageKey) ?? '{}') as Record<string, number>;
  } catch {
    return {};
  }
}

function writeKept(key: string, top: number): void {
  const { [key]: _before, ...others } = readKept();
  const kept = [...Object.entries(others), [key, top]].slice(-mostKept);
  sessionStorage.setItem(storageKey, JSON.stringify(Object.fromEntries(kept)));
}
