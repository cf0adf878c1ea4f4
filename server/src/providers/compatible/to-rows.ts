import type { ModelRow, ParameterRule, PriceRow, SizeRule } from '../../models/index.ts';
import type { Engine, EngineModel } from './engine.ts';
import type { EngineParameter, Traits } from './traits.ts';
import { takesMask } from './ways.ts';

const maxFileBytes = 50 * 1024 * 1024;
const mediaTypes = ['image/png', 'image/jpeg', 'image/webp'] as const;
/** When the dialects were read from their servers' sources. */
const sourceDate = '2026-11-21';

export const vendor = 'self-hosted';

const rules: Readonly<Record<EngineParameter, ParameterRule>> = {
  seed: { kind: 'integer', min: 0, max: 2_147_483_647 },
  negative_prompt: { kind: 'text', maxLength: 32_000 },
  num_inference_steps: { kind: 'integer', min: 1, max: 200 },
  guidance_scale: { kind: 'number', min: 0, max: 20 },
  true_cfg_scale: { kind: 'number', min: 0, max: 20 },
  quality: { kind: 'choice', values: ['auto', 'low', 'medium', 'high'], default: 'auto' },
  background: { kind: 'choice', values: ['auto', 'transparent', 'opaque'], default: 'auto' },
  output_compression: { kind: 'integer', min: 0, max: 100, default: 100 },
  user: { kind: 'text', maxLength: 512 },
};

/** The id under which a model of an engine has a row of its own, which no other engine can have. */
export function rowId(engine: Pick<Engine, 'name'>, model: Pick<EngineModel, 'id'>): string {
  return `${engine.name}/${model.id}`;
}

/** What a model can do, from its engine's traits. */
export function toRow(engine: Engine, model: EngineModel): ModelRow {
  const { traits } = model;
  const canEdit = traits.edits.transport !== 'none';
  return {
    id: rowId(engine, model),
    title: model.title,
    vendor,
    family: 'other',
    aliases: [],
    endpoints: ['images.generations', ...(canEdit ? (['images.edits'] as const) : [])],
    unknownParameters: 'drop',
    promptMaxChars: traits.promptMaxChars,
    parameters: toParameters(traits),
    size: toSizeRule(traits),
    ...(canEdit
      ? {
          edits: {
            maxImages: traits.edits.maxImages,
            maxImageBytes: maxFileBytes,
            mediaTypes,
            mustBeSquare: false,
            mask: takesMask(model) ? 'native' : false,
            maxMaskBytes: maxFileBytes,
          },
        }
      : {}),
    outputFormats: ['png', 'jpeg', 'webp'],
    passThrough: [],
    tokens: 'none',
    lifecycle: { source: `pictor.yaml, dialect ${traits.dialect}`, sourceDate },
    notes: [],
  };
}

function toParameters({ dialect, parameters }: Traits): ModelRow['parameters'] {
  const own = Object.entries(rules).filter(([name]) => parameters.some((each) => each === name));
  // What the engine does when nothing is said.
  const format = dialect === 'sglang' ? 'jpeg' : 'png';
  return {
    n: { kind: 'integer', min: 1, max: 10, default: 1 },
    output_format: { kind: 'choice', values: ['png', 'jpeg', 'webp'], default: format },
    response_format: { kind: 'choice', values: ['b64_json', 'url'], default: 'b64_json' },
    ...Object.fromEntries(own),
  };
}

function toSizeRule({ size }: Traits): SizeRule {
  if (size.sizes !== null) return { kind: 'fixed', sizes: size.sizes, default: size.default };
  return {
    kind: 'free',
    multipleOf: size.multipleOf,
    maxEdge: size.maxEdge,
    minEdge: size.minEdge,
    maxRatio: size.maxEdge / size.minEdge,
    minPixels: size.minEdge * size.minEdge,
    maxPixels: size.maxPixels,
    common: size.common,
    default: size.default,
  };
}

/** Prices that the operator gave. A row of the catalogue keeps its vendor's price for every other provider. */
export function toPrices(engine: Engine): readonly PriceRow[] {
  return engine.models.flatMap((model) =>
    model.price === null
      ? []
      : [
          {
            id: `${rowId(engine, model)}/pictor.yaml`,
            model: model.like ?? rowId(engine, model),
            provider: engine.name,
            from: '2000-01-01',
            source: 'pictor.yaml',
            sourceDate,
            price: model.price,
          },
        ],
  );
}
