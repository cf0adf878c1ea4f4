import { useEffect, useState } from 'react';

/** Gives the focus back, when a dialog goes, to what had it when the dialog came. */
export function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(() => {
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [before]);
}
