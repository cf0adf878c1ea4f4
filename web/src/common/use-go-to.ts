import { useRouter } from '@tanstack/react-router';
import { type MouseEvent, useMemo } from 'react';

/**
 * What makes a link of an address of this app, whatever page it is of: a plain click does not load the app again, and
 * one that wants another tab gets it.
 */
export function useGoTo() {
  const router = useRouter();
  return useMemo(
    () => (address: string) => ({
      href: address,
      onClick: (event: MouseEvent): void => {
        if (event.defaultPrevented || event.button !== 0) return;
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        router.history.push(address);
      },
    }),
    [router],
  );
}
