import type { ParameterMode } from '../../images/index.ts';
import type { Turn } from '../directors/director.ts';
import type { Wire } from '../items/item.ts';

/** The tool's parameters in the words of the Images API, without a prompt. */
export function toolParameters(
  turn: Pick<Turn, 'tools' | 'painter' | 'omitted' | 'isWatched' | 'endUser'>,
): Wire {
  const { image } = turn.tools;
  if (image === null) return {};
  const previews = turn.isWatched ? image.partialImages : 0;
  return {
    ...Object.fromEntries(Object.entries(image.parameters).filter(([name]) => !turn.omitted.includes(name))),
    model: turn.painter,
    ...(previews === 0 ? {} : { partial_images: previews, stream: true }),
    ...(turn.endUser === undefined ? {} : { user: turn.endUser }),
  };
}

/** Who names no image model cannot know what it has: what it lacks is dropped and told, unless strictness is asked for. */
export function modeOf({ mode, tools }: Pick<Turn, 'mode' | 'tools'>): ParameterMode | undefined {
  return mode ?? (tools.image?.model === undefined ? 'lenient' : undefined);
}
