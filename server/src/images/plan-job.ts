import { mayUseModel, requireModel } from '../access/index.ts';
import type { Catalogue } from '../catalogue/index.ts';
import { PictorError } from '../foundation/index.ts';
import type { Adjustment } from '../models/index.ts';
import type { Route, Routing, Target } from '../routing/index.ts';
import { checkInputs } from './check-inputs.ts';
import { defaultModel } from './default-model.ts';
import { fitJob } from './fit-job.ts';
import type { Asked, PlannedJob } from './planned-job.ts';
import { toImageJob } from './to-image-job.ts';
import { withReport } from './with-report.ts';

export type PlanParts = {
  readonly routing: Routing;
  readonly catalogue: Catalogue;
  /** Model of requests that name none; absent: OpenAI's own rule. */
  readonly defaultModel: string | undefined;
};

/**
 * Model → provider → fitted parameters. Throws the caller's errors, with a report as soon as there is a provider;
 * touches no engine and no row. While the first target rests, the first one that does not takes its place.
 */
export function planJob(parts: PlanParts, asked: Asked): PlannedJob {
  const askedModel = readModel(asked, parts.defaultModel);
  const route = parts.routing.plan(askedModel, asked.endpoint);
  requireModel(asked.caller, route.row);
  const first = fitTo(asked, askedModel, route);
  const awake = route.alternatives.filter(({ health }) => !health.isResting());
  if (!route.health.isResting() || awake.length === 0) return first;
  for (const target of awake) {
    const planned = first.planFor(target);
    if (planned === null) continue;
    const alternatives = [route, ...route.alternatives].filter((each) => each !== target);
    return { ...planned, route: { ...planned.route, alternatives } };
  }
  return first;
}

/** The job as it is for one target. Throws what its row refuses. */
function fitTo(asked: Asked, askedModel: string, route: Route): PlannedJob {
  const warnings = [...(asked.warnings ?? []), ...route.catalogue.lifecycleWarnings(route.row, new Date())];
  let adjustments: readonly Adjustment[] = [];
  try {
    adjustments = otherModel(asked, route);
    const fit = fitJob({
      asked: plainParameters(asked),
      row: route.row,
      kind: asked.kind,
      endpoint: asked.endpoint,
      mode: asked.mode ?? (route.lenientName ? 'lenient' : 'default'),
    });
    const fitted = fit.adjustments.map((each) => asDrawn(each, route));
    adjustments = [...adjustments, ...fitted, ...emulation(asked, route)];
    checkInputs(route.row, asked.kind, asked.images, asked.mask);
    const job = {
      asked: withoutStrayMask(asked),
      askedModel,
      route,
      fitted: fit.fitted,
      warnings,
      planFor: (target: Target) => planFor(asked, askedModel, route, target),
    };
    adjustments = [...adjustments, ...ofEngine(job)];
    return { ...job, adjustments };
  } catch (error) {
    if (!(error instanceof PictorError)) throw error;
    throw withReport(error, { asked, route, adjustments, warnings }, 0);
  }
}

/** The same request at another target; null: that one's row, or the caller's key, refuses it. */
function planFor(asked: Asked, askedModel: string, route: Route, target: Target): PlannedJob | null {
  if (!mayUseModel(asked.caller, target.row)) return null;
  try {
    return fitTo(asked, askedModel, { ...route, ...target });
  } catch (error) {
    if (error instanceof PictorError) return null;
    throw error;
  }
}

/** Another model than the one that was wanted is told, and strict callers are refused. */
function otherModel({ mode }: Asked, { row, wanted }: Route): readonly Adjustment[] {
  if (row.id === wanted.id) return [];
  const reason = `${wanted.id} could not be had, and the route goes on to ${row.id}.`;
  if (mode === 'strict') {
    throw new PictorError({
      code: 'approximation_refused',
      message: `${reason} Strict mode refuses that.`,
      param: 'model',
    });
  }
  return [{ parameter: 'model', action: 'approximated', requested: wanted.id, applied: row.id, reason }];
}

/** Without the model, which is settled. A mask with nothing to lie on is a parameter that means nothing here. */
function plainParameters(asked: Asked): Readonly<Record<string, unknown>> {
  const { model: _model, ...parameters } = asked.parameters;
  const { mask } = asked;
  if (mask === undefined || asked.kind === 'edit') return parameters;
  return { ...parameters, mask: `${mask.mediaType}, ${mask.width}x${mask.height}` };
}

function withoutStrayMask(asked: Asked): Asked {
  if (asked.kind === 'edit') return asked;
  const { mask: _mask, ...rest } = asked;
  return rest;
}

function readModel(asked: Asked, settingDefault: string | undefined): string {
  const model = asked.parameters.model;
  if (model === undefined) return defaultModel(asked.parameters, asked.endpoint, settingDefault);
  if (typeof model !== 'string' || model.trim() === '') {
    throw new PictorError({
      code: 'invalid_value',
      message: 'The model must be named, as in gpt-image-2.',
      param: 'model',
    });
  }
  return model;
}

/** What the engine says that it will change; strict callers are refused. */
function ofEngine(planned: Pick<PlannedJob, 'asked' | 'route' | 'fitted'>): readonly Adjustment[] {
  const adjustments = planned.route.model.adjustments?.(toImageJob(planned)) ?? [];
  const [first] = adjustments;
  if (first !== undefined && planned.asked.mode === 'strict') {
    throw new PictorError({
      code: 'approximation_refused',
      message: `${first.reason} Strict mode refuses that.`,
      param: first.parameter,
    });
  }
  return adjustments;
}

/** What only the vendor's own service could read goes nowhere when another engine stands in. */
function asDrawn(adjustment: Adjustment, route: Route): Adjustment {
  if (adjustment.action !== 'passed-through' || !route.standIn) return adjustment;
  return {
    ...adjustment,
    action: 'dropped',
    applied: null,
    reason: `The ${route.engine} engine, which stands in for ${route.row.id}, does not have it.`,
  };
}

/** The vendor answers variations no more: whoever draws them in its place is named, and strict callers are refused. */
function emulation({ kind, mode }: Asked, route: Route): readonly Adjustment[] {
  if (kind !== 'vary' || route.row.lifecycle.retired === undefined || !route.standIn) return [];
  const reason = `Its vendor retired variations on ${route.row.lifecycle.retired}; the ${route.engine} engine makes them instead.`;
  if (mode === 'strict') {
    throw new PictorError({
      code: 'approximation_refused',
      message: `${reason} Strict mode refuses that.`,
      param: 'model',
    });
  }
  return [
    {
      parameter: 'model',
      action: 'approximated',
      requested: route.row.id,
      applied: route.engine,
      reason,
    },
  ];
}
