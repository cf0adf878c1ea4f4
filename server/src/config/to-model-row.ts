import type { InputRule, ModelRow, ParameterRule, SizeRule } from '../models/index.ts';
import type { OwnModel } from './model-schema.ts';

/** What a row without `like` says of itself where it says nothing. */
function blankRow(own: OwnModel): ModelRow {
  return {
    id: own.id,
    title: own.id,
    vendor: 'other',
    family: 'other',
    aliases: [],
    endpoints: ['images.generations'],
    unknownParameters: 'drop',
    promptMaxChars: 32_000,
    parameters: { n: { kind: 'integer', min: 1, max: 10, default: 1 } },
    outputFormats: ['png'],
    passThrough: [],
    tokens: 'none',
    lifecycle: { source: 'pictor.yaml', sourceDate: new Date().toISOString().slice(0, 10) },
    notes: [],
  };
}

/** The row that pictor.yaml means. `like` is the row that it begins with; names that lead there do not come along. */
export function toModelRow(own: OwnModel, like: ModelRow | undefined): ModelRow {
  const base = like ?? blankRow(own);
  const { size, edits, variations, ...rest } = base;
  return {
    ...rest,
    id: own.id,
    title: own.title ?? (like === undefined || like.id === own.id ? base.title : own.id),
    vendor: own.vendor ?? base.vendor,
    family: own.family ?? base.family,
    aliases: own.aliases ?? (base.id === own.id ? base.aliases : []),
    endpoints: own.endpoints ?? base.endpoints,
    unknownParameters: own.unknown_parameters ?? base.unknownParameters,
    promptMaxChars: own.prompt_max_chars ?? base.promptMaxChars,
    parameters: layParameters(base.parameters, own.parameters),
    outputFormats: own.output_formats ?? base.outputFormats,
    passThrough: [...new Set([...base.passThrough, ...(own.pass_through ?? [])])],
    tokens: own.tokens ?? base.tokens,
    lifecycle: toLifecycle(own, base),
    ...optional('size', own.size === undefined ? size : toSize(own.size)),
    ...optional('edits', own.edits === undefined ? edits : toInputs(own.edits)),
    ...optional('variations', own.variations === undefined ? variations : toInputs(own.variations)),
  };
}

function layParameters(
  base: ModelRow['parameters'],
  own: OwnModel['parameters'] = {},
): ModelRow['parameters'] {
  const laid = Object.entries(own).flatMap(([name, rule]): [string, ParameterRule][] =>
    rule == null ? [] : [[name, toRule(rule)]],
  );
  const kept = Object.entries(base).filter(([name]) => !Object.hasOwn(own, name));
  return Object.fromEntries([...kept, ...laid]);
}

type OwnRule = NonNullable<NonNullable<OwnModel['parameters']>[keyof NonNullable<OwnModel['parameters']>]>;

function toRule(rule: OwnRule): ParameterRule {
  switch (rule.kind) {
    case 'text':
      return { kind: 'text', maxLength: rule.max_length };
    case 'choice': {
      const { approximated, unchecked, ...known } = rule;
      return { ...known, ...optional('approximated', approximated), ...optional('unchecked', unchecked) };
    }
    case 'integer':
    case 'number': {
      const { default: preset, ...bounds } = rule;
      return { ...bounds, ...optional('default', preset) };
    }
    case 'flag':
    case 'choices':
      return rule;
  }
}

function toSize(size: OwnModel['size']): SizeRule | undefined {
  switch (size?.kind) {
    case 'fixed':
      return size;
    case 'ratio-table': {
      const { default_tier: defaultTier, default_ratio: defaultRatio, ...table } = size;
      return { ...table, defaultTier, defaultRatio };
    }
    case 'free':
      return {
        kind: 'free',
        multipleOf: size.multiple_of,
        maxEdge: size.max_edge,
        minEdge: size.min_edge,
        maxRatio: size.max_ratio,
        minPixels: size.min_pixels,
        maxPixels: size.max_pixels,
        common: size.common,
        default: size.default,
      };
    case undefined:
      return undefined;
  }
}

function toInputs(inputs: OwnModel['edits']): InputRule | undefined {
  if (inputs == null) return undefined;
  return {
    maxImages: inputs.max_images,
    maxImageBytes: inputs.max_image_bytes,
    mediaTypes: inputs.media_types,
    mustBeSquare: inputs.must_be_square,
    mask: inputs.mask,
    maxMaskBytes: inputs.max_mask_bytes,
  };
}

function toLifecycle(own: OwnModel, base: ModelRow): ModelRow['lifecycle'] {
  const told = {
    ...optional('released', own.released),
    ...optional('retired', own.retired),
    ...optional('replacement', own.replacement),
  };
  const inherited =
    base.id === own.id
      ? base.lifecycle
      : { source: 'pictor.yaml', sourceDate: new Date().toISOString().slice(0, 10) };
  return { ...inherited, ...told };
}

/** A member that is absent rather than undefined. */
function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [Key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [Key in Name]: Value });
}
