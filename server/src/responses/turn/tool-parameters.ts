import type { Turn } from '../directors/director.ts';
import type { Wire } from '../items/item.ts';

/** The tool's parameters in the words of the Images API, without a prompt. */
export function toolParameters(turn: Pick<Turn, 'tools' | 'painter' | 'isWatched' | 'endUser'>): Wire {
  const { image } = turn.tools;
  if (image === null) return {};
  const previews = turn.isWatched ? image.partialImages : 0;
  return {
    ...image.parameters,
    model: turn.painter,
    ...(previews === 0 ? {} : { partial_images: previews, stream: true }),
    ...(turn.endUser === undefined ? {} : { user: turn.endUser }),
  };
}
