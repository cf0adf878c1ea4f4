import type { ImageJob } from '../models/index.ts';
import type { PlannedJob } from './planned-job.ts';

/** The job as its engine gets it. */
export function toImageJob(planned: Pick<PlannedJob, 'asked' | 'route' | 'fitted'>): ImageJob {
  const { asked, route, fitted } = planned;
  const { responseFormat: _responseFormat, stream: _stream, ...parameters } = fitted;
  return {
    ...parameters,
    kind: asked.kind,
    row: route.row,
    upstreamModel: route.upstreamModel,
    images: asked.images,
    ...(asked.mask === undefined ? {} : { mask: asked.mask }),
    ...(asked.history === undefined ? {} : { history: asked.history }),
    ...(asked.mayOnlyWrite === undefined ? {} : { mayOnlyWrite: asked.mayOnlyWrite }),
    ...(asked.sampling === undefined ? {} : { sampling: asked.sampling }),
    ...(asked.onlyWrites === true ? { responseModalities: ['text'] as const } : {}),
  };
}
