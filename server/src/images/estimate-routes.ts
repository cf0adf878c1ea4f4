import { needs } from '../access/index.ts';
import { toUsd } from '../foundation/index.ts';
import type { HttpServer } from '../http/index.ts';
import type { Estimate } from '../ledger/index.ts';
import { type PlanningParts, planRequest } from './begin-job.ts';
import { estimateJob } from './estimate-job.ts';
import type { PlannedJob } from './planned-job.ts';

/** What a generation or an edit would cost, from the same body. No engine is called, and nothing is kept. */
export function addEstimateRoute(server: HttpServer, parts: PlanningParts): void {
  server.post('/v1/images/estimate', needs('generate'), async (request, reply) => {
    const planned = await planRequest(parts, request, 'generate');
    const estimate = estimateJob(planned, new Date());
    return reply.header('cache-control', 'no-store').send(toView(planned, estimate));
  });
}

function toView(planned: PlannedJob, estimate: Estimate) {
  const { route } = planned;
  const { price } = estimate;
  return {
    object: 'estimate',
    model: route.row.id,
    provider: route.provider,
    engine: route.engine,
    stand_in: route.standIn,
    low: toUsd(estimate.lowNanoUsd),
    high: toUsd(estimate.highNanoUsd),
    low_nano_usd: estimate.lowNanoUsd,
    high_nano_usd: estimate.highNanoUsd,
    price:
      price === null
        ? null
        : { id: price.id, from: price.from, source: price.source, source_date: price.sourceDate },
    lines: estimate.lines.map((line) => ({
      bucket: bucketNames[line.bucket],
      unit: line.bucket === 'images' ? 'image' : 'token',
      low: toBoundView(line.low),
      high: toBoundView(line.high),
      basis: line.basis,
      price_row: price?.id ?? null,
    })),
    adjustments: planned.adjustments,
    warnings: [...planned.warnings, ...standInWarning(planned)],
  };
}

const bucketNames: Readonly<Record<Estimate['lines'][number]['bucket'], string>> = {
  textIn: 'text_in',
  imageIn: 'image_in',
  textOut: 'text_out',
  imageOut: 'image_out',
  partialImages: 'partial_images',
  images: 'images',
};

function toBoundView(bound: Estimate['lines'][number]['low']) {
  return { count: bound.count, rate_nano_usd: bound.rateNanoUsd, cost_nano_usd: bound.costNanoUsd };
}

function standInWarning({ route }: PlannedJob): readonly string[] {
  if (!route.standIn) return [];
  return [
    `The ${route.engine} engine stands in for ${route.row.id}, so nothing would be paid now; the bounds are those of the model itself.`,
  ];
}
