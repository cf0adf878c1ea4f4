import type {
  Adjustment,
  Endpoint,
  GovernedParameter,
  ImageJob,
  JobKind,
  ModelRow,
  ParameterRule,
} from '../models/index.ts';
import { type FittedValues, fitCombination } from './fit-combination.ts';
import { type Fitting, type ParameterMode, passThrough, startFitting } from './fit-context.ts';
import { fitGeometry, type Geometry } from './fit-geometry.ts';
import { fitPrompt } from './fit-prompt.ts';
import { checkRoute, routeHas } from './fit-route.ts';
import { fitSize } from './fit-size.ts';
import { fitUnknown } from './fit-unknown.ts';
import { fitValue } from './fit-value.ts';

export type { ParameterMode } from './fit-context.ts';

/**
 * What a job sends, in the words of ImageJob. Absent: not asked, so the model does what it does by itself. `user`
 * is `safety_identifier` where both were sent, as OpenAI has it.
 */
export type Fitted = Omit<
  ImageJob,
  'kind' | 'row' | 'upstreamModel' | 'images' | 'mask' | 'history' | 'mayOnlyWrite' | 'sampling'
> & {
  /** Answer with server-sent events; without previews where the model does not stream. */
  readonly stream: boolean;
  /** How pictures stand in the answer: as asked, else as the model does by default. */
  readonly responseFormat: 'b64_json' | 'url';
};

/**
 * Compares what was asked with what the model can do, before anything is sent or paid.
 *
 * `asked` is the body without `model`, pictures and nulls. Unknown parameters are refused or dropped as `mode` and
 * the row say; a value that the model cannot take is refused in every mode; whatever differs from what was asked is
 * told in `adjustments`. Throws a PictorError whose sentence says what is allowed.
 */
export function fitJob(request: {
  readonly asked: Readonly<Record<string, unknown>>;
  readonly row: ModelRow;
  readonly kind: JobKind;
  readonly endpoint: Endpoint;
  readonly mode: ParameterMode;
}): { readonly fitted: Fitted; readonly adjustments: readonly Adjustment[] } {
  const { asked, row } = request;
  const fitting = startFitting(request);
  checkRoute(fitting);
  const prompt = fitPrompt(fitting, Object.hasOwn(asked, 'prompt') ? asked.prompt : undefined);
  const members = fitMembers(fitting, asked);
  const values = fitCombination(fitting, members.values);
  const geometry = fitSizes(fitting, values);
  return {
    fitted: { ...toFitted(row, prompt, values, members.passedThrough), ...geometry },
    adjustments: fitting.adjustments,
  };
}

/** Every member on its own, in the caller's order. */
function fitMembers(
  fitting: Fitting,
  asked: Readonly<Record<string, unknown>>,
): { readonly values: FittedValues; readonly passedThrough: Readonly<Record<string, unknown>> } {
  const { row, kind } = fitting;
  const values = new Map<string, unknown>();
  const passedThrough = new Map<string, unknown>();
  for (const [name, value] of Object.entries(asked)) {
    const rule = ruleOf(row, name);
    if (name === 'prompt' && kind !== 'vary') continue;
    if (name === 'size' && row.size !== undefined) {
      values.set(name, value);
    } else if (rule && routeHas(fitting, name)) {
      const fitted = fitValue(fitting, name, rule, value);
      if (fitted !== undefined) values.set(name, fitted);
    } else if (row.passThrough.includes(name) && kind !== 'vary') {
      passThrough(fitting, name, value);
      passedThrough.set(name, value);
    } else {
      fitUnknown(fitting, name, value);
      // The model does not stream, but the caller reads events: the finished picture comes as one.
      if (name === 'stream' && value === true) values.set(name, value);
    }
  }
  return { values, passedThrough: Object.fromEntries(passedThrough) };
}

/** Own members only: a caller's `constructor` must not find the one of every object. */
function ruleOf(row: ModelRow, name: string): ParameterRule | undefined {
  return Object.hasOwn(row.parameters, name) ? row.parameters[name as GovernedParameter] : undefined;
}

function fitSizes(fitting: Fitting, values: FittedValues): Geometry | Pick<Fitted, 'size'> {
  const rule = fitting.row.size;
  if (rule === undefined) return {};
  if (rule.kind === 'ratio-table') {
    return fitGeometry(fitting, rule, {
      size: values.get('size'),
      aspectRatio: text(values, 'aspect_ratio'),
      imageSize: text(values, 'image_size'),
    });
  }
  const size = values.has('size') ? fitSize(fitting, rule, values.get('size')) : undefined;
  return optional('size', size);
}

function toFitted(
  row: ModelRow,
  prompt: string,
  values: FittedValues,
  passedThrough: Readonly<Record<string, unknown>>,
): Fitted {
  const background = values.get('background');
  const format = row.outputFormats.find((each) => each === values.get('output_format'));
  const modalities = values.get('response_modalities');
  return {
    prompt,
    n: number(values, 'n') ?? 1,
    stream: values.get('stream') === true,
    partialImages: number(values, 'partial_images') ?? 0,
    responseFormat: responseFormat(row, values),
    passThrough: passedThrough,
    ...optional('quality', text(values, 'quality')),
    ...(background === 'transparent' || background === 'opaque' || background === 'auto'
      ? { background }
      : {}),
    ...optional('outputFormat', format),
    ...optional('outputCompression', number(values, 'output_compression')),
    ...optional('moderation', text(values, 'moderation')),
    ...optional('style', text(values, 'style')),
    ...optional('inputFidelity', text(values, 'input_fidelity')),
    ...optional('thinkingLevel', text(values, 'thinking_level')),
    ...(Array.isArray(modalities)
      ? { responseModalities: (['text', 'image'] as const).filter((each) => modalities.includes(each)) }
      : {}),
    ...optional('mediaResolution', text(values, 'media_resolution')),
    ...optional('seed', number(values, 'seed')),
    ...optional('negativePrompt', text(values, 'negative_prompt')),
    ...optional('inferenceSteps', number(values, 'num_inference_steps')),
    ...optional('guidanceScale', number(values, 'guidance_scale')),
    ...optional('trueCfgScale', number(values, 'true_cfg_scale')),
    ...optional('user', text(values, 'safety_identifier') ?? text(values, 'user')),
  };
}

function responseFormat(row: ModelRow, values: FittedValues): 'b64_json' | 'url' {
  const rule = row.parameters.response_format;
  const format = values.get('response_format') ?? (rule?.kind === 'choice' ? rule.default : 'b64_json');
  return format === 'url' ? 'url' : 'b64_json';
}

function text(values: FittedValues, name: GovernedParameter): string | undefined {
  const value = values.get(name);
  return typeof value === 'string' ? value : undefined;
}

function number(values: FittedValues, name: GovernedParameter): number | undefined {
  const value = values.get(name);
  return typeof value === 'number' ? value : undefined;
}

/** A member that is absent rather than undefined. */
function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [Key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [Key in Name]: Value });
}
