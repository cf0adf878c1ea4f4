import { useState } from 'react';
import type { MovedView } from '../common/use-pan-zoom.ts';
import type { View } from '../common/view-geometry.ts';

/** One view for many panes of one size. */
export function useSharedView() {
  const [view, setView] = useState<View | null>(null);
  const moved: MovedView = [view, setView];
  return { moved, isFitted: view === null, showAll: () => setView(null) };
}
