import type { Log } from '../foundation/index.ts';
import { genAiAttributes, genAiInput, genAiSpanName, type Span, type Telemetry } from '../telemetry/index.ts';
import type { Delivery } from './delivery.ts';
import type { Outcome } from './job-run.ts';
import type { PlannedJob } from './planned-job.ts';
import { providerFacts } from './provider-facts.ts';
import { toError } from './to-error.ts';

type TraceParts = {
  readonly telemetry: Telemetry;
  readonly log: Log;
  /** May prompts stand in the log? */
  readonly logPrompts: boolean;
};

/** A whole job as a span, from the opening row to the closing one, and a line of the log at the level `info`. */
export async function traceJob(
  { telemetry, log, logPrompts }: TraceParts,
  planned: PlannedJob,
  work: () => Promise<Outcome>,
): Promise<Outcome> {
  const { asked, route } = planned;
  const startedAt = performance.now();
  const attributes = { 'pictor.request.id': asked.requestId, 'pictor.job.kind': asked.kind };
  telemetry.measure('pictor.jobs.active', 1, { kind: asked.kind });
  try {
    return await telemetry.span(`job ${asked.kind}`, { attributes }, async (span) => {
      const outcome = await work();
      const cost = outcome.status === 'succeeded' ? outcome.answer.costNanoUsd : null;
      const code = outcome.status === 'failed' ? outcome.error.facts.code : null;
      if (cost !== null) span.set({ 'pictor.cost_usd': cost / 1e9 });
      if (code !== null) span.fail(code);
      const facts = { request: asked.requestId, kind: asked.kind, model: route.row.id, engine: route.engine };
      const ended = { status: outcome.status, code, costNanoUsd: cost };
      const durationMs = Math.round(performance.now() - startedAt);
      const words = logPrompts ? { prompt: planned.fitted.prompt } : {};
      log.info({ ...facts, ...ended, durationMs, ...words }, 'job ended');
      return outcome;
    });
  } finally {
    telemetry.measure('pictor.jobs.active', -1, { kind: asked.kind });
  }
}

/** One call of one engine, in the words of the GenAI conventions. Prompts stand in it only where that is asked for. */
export async function traceAttempt(
  telemetry: Telemetry,
  planned: PlannedJob,
  delivery: Delivery,
  work: () => Promise<void>,
): Promise<void> {
  const { fitted, route } = planned;
  const call = { provider: route.provider, model: route.row.id };
  const shared = genAiAttributes(call);
  const attributes = {
    ...shared,
    'gen_ai.output.type': 'image',
    ...(fitted.n === 1 ? {} : { 'gen_ai.request.choice.count': fitted.n }),
    'pictor.engine': route.engine,
    ...(telemetry.capturesContent ? genAiInput(fitted.prompt) : {}),
  };
  const startedAt = performance.now();
  let failure: { readonly 'error.type'?: string } = {};
  await telemetry.span(genAiSpanName(call), { kind: 'client', attributes }, async (span) => {
    try {
      await work();
    } catch (error) {
      const code = toError(error).facts.code;
      failure = { 'error.type': code };
      span.fail(code);
      const upstreamRequestId = providerFacts(error)?.upstreamRequestId;
      if (upstreamRequestId !== undefined) span.set({ 'gen_ai.response.id': upstreamRequestId });
      throw error;
    } finally {
      tellDelivery(telemetry, span, delivery, shared);
      const seconds = (performance.now() - startedAt) / 1000;
      telemetry.measure('gen_ai.client.operation.duration', seconds, { ...shared, ...failure });
    }
  });
}

function tellDelivery(
  telemetry: Telemetry,
  span: Span,
  { images, upstream, usage }: Delivery,
  shared: ReturnType<typeof genAiAttributes>,
): void {
  span.set({ 'pictor.image.count': images.length });
  if (upstream.requestId !== null) span.set({ 'gen_ai.response.id': upstream.requestId });
  telemetry.measure('pictor.images', images.length, shared);
  const tokens = {
    input: sumKnown(usage?.textIn, usage?.imageIn),
    output: sumKnown(usage?.textOut, usage?.imageOut),
  };
  for (const [type, count] of Object.entries(tokens)) {
    if (count === null) continue;
    span.set({ [`gen_ai.usage.${type}_tokens`]: count });
    telemetry.measure('gen_ai.client.token.usage', count, { ...shared, 'gen_ai.token.type': type });
  }
}

/** Null: nothing of it is known. */
function sumKnown(...counts: readonly (number | null | undefined)[]): number | null {
  const known = counts.filter((count) => typeof count === 'number');
  return known.length === 0 ? null : known.reduce((sum, count) => sum + count, 0);
}
