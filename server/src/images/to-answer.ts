import { toUsd } from '../foundation/index.ts';
import { toOpenAiUsage } from '../ledger/index.ts';
import type { AppliedParameters } from '../models/index.ts';
import type { Answer } from './answer.ts';
import type { Delivery } from './delivery.ts';
import type { PlannedJob } from './planned-job.ts';
import type { Reckoning } from './reckon.ts';
import { tellUpstream } from './upstream.ts';

/** Puts together what was delivered. Throws nothing; bytes are read from the store when it is rendered. */
export function toAnswer(
  planned: PlannedJob,
  delivery: Delivery,
  reckoning: Reckoning,
  startedAt: Date,
): Answer {
  const { asked, route, fitted } = planned;
  const upstream = tellUpstream(delivery.upstream);
  const images = delivery.images.toSorted((a, b) => a.position - b.position);
  return {
    requestId: asked.requestId,
    kind: asked.kind,
    createdSeconds: Math.floor(startedAt.getTime() / 1000),
    model: route.row.id,
    engine: route.engine,
    responseFormat: fitted.responseFormat,
    applied: appliedOf(images[0]?.applied ?? {}, images[0]),
    images,
    parts: route.row.family === 'gemini' ? delivery.parts : null,
    usage: reckoning.usage === null ? null : toOpenAiUsage(reckoning.usage),
    costNanoUsd: reckoning.costNanoUsd,
    ...(route.standIn ? { listCostNanoUsd: reckoning.listCostNanoUsd } : {}),
    ...(upstream === undefined ? {} : { upstream }),
    adjustments: planned.adjustments,
    warnings: [...planned.warnings, ...delivery.warnings],
  };
}

/** The picture's real size counts, whatever the provider says it made. */
function appliedOf(
  applied: AppliedParameters,
  image: { width: number; height: number } | undefined,
): AppliedParameters {
  return image === undefined ? applied : { ...applied, size: { width: image.width, height: image.height } };
}

/** Pictor's report beside OpenAI's fields. `twin`: an earlier request was taken up instead of paying again. */
export function toReport(answer: Answer, twin: boolean): Record<string, unknown> {
  return {
    request: answer.requestId,
    ...(twin ? { twin: true } : {}),
    engine: answer.engine,
    model: answer.model,
    cost: toUsd(answer.costNanoUsd),
    ...(answer.listCostNanoUsd === undefined ? {} : { list_cost: toUsd(answer.listCostNanoUsd) }),
    ...(answer.upstream === undefined ? {} : { upstream: answer.upstream }),
    images: answer.images.map((image) => image.id),
    adjustments: answer.adjustments,
    warnings: answer.warnings,
  };
}
