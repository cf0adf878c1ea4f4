import type { OutputFormat } from './output-format.ts';

/** Routes of the public wire that a model can stand behind. */
export type Endpoint = 'images.generations' | 'images.edits' | 'images.variations' | 'responses';

/** A fact with its date and source, for what two sources tell differently. */
export type DatedNote = { readonly text: string; readonly source: string; readonly date: string };

/** The values a parameter may take. `default` is what the model does when nothing is asked. */
export type ParameterRule =
  | {
      readonly kind: 'choice';
      readonly values: readonly string[];
      readonly default: string;
      /** Values outside `values` that are sent as another one, and reported: `{ webp: 'png' }`. */
      readonly approximated?: Readonly<Record<string, string>>;
      /** The part of `values` that is handed on although Pictor does not model it; always reported. */
      readonly unchecked?: readonly string[];
    }
  | { readonly kind: 'integer'; readonly min: number; readonly max: number; readonly default?: number }
  | { readonly kind: 'number'; readonly min: number; readonly max: number; readonly default?: number }
  | { readonly kind: 'text'; readonly maxLength: number }
  | { readonly kind: 'flag'; readonly default: boolean }
  | { readonly kind: 'choices'; readonly values: readonly string[]; readonly default: readonly string[] };

/** Image parameters whose values a row governs; size is governed by SizeRule, prompt by `promptMaxChars`. */
export type GovernedParameter =
  | 'n'
  | 'quality'
  | 'background'
  | 'output_format'
  | 'output_compression'
  | 'moderation'
  | 'style'
  | 'response_format'
  | 'input_fidelity'
  | 'stream'
  | 'partial_images'
  | 'aspect_ratio'
  | 'image_size'
  | 'thinking_level'
  | 'response_modalities'
  | 'media_resolution'
  | 'seed'
  | 'negative_prompt'
  | 'num_inference_steps'
  | 'guidance_scale'
  | 'true_cfg_scale'
  | 'user'
  | 'safety_identifier';

/** Which pixel sizes a model makes. */
export type SizeRule =
  /** Only these, written `WIDTHxHEIGHT`. `auto` is always accepted beside them. */
  | { readonly kind: 'fixed'; readonly sizes: readonly string[]; readonly default: string }
  /** Any size within bounds. */
  | {
      readonly kind: 'free';
      readonly multipleOf: number;
      readonly maxEdge: number;
      readonly minEdge: number;
      /** Longest side over shortest side. */
      readonly maxRatio: number;
      readonly minPixels: number;
      readonly maxPixels: number;
      /** Offered first in forms. */
      readonly common: readonly string[];
      readonly default: string;
    }
  /** A table of ratios by tiers (Gemini): an exact size of the table maps to its cell, others to the nearest ratio. */
  | {
      readonly kind: 'ratio-table';
      /** tier (`1K`) → ratio (`16:9`) → size (`1376x768`). */
      readonly tiers: Readonly<Record<string, Readonly<Record<string, string>>>>;
      readonly defaultTier: string;
      readonly defaultRatio: string;
      /** Sizes that the vendor's own table prints by mistake → the size that the cell really has. */
      readonly misprints?: Readonly<Record<string, string>>;
    };

/** What edits and variations may bring. */
export type InputRule = {
  readonly maxImages: number;
  /** Bytes of one image, exclusive upper bound. */
  readonly maxImageBytes: number;
  readonly mediaTypes: readonly string[];
  readonly mustBeSquare: boolean;
  /** `native`: the model has a mask; `emulated`: Pictor composites the original back; false: refused. */
  readonly mask: false | 'native' | 'emulated';
  /** Bytes of the mask, exclusive upper bound. */
  readonly maxMaskBytes: number;
};

/** How tokens are computed where the service reports none; implemented in `ledger/`. */
export type TokenFormula =
  | 'none'
  | 'gpt-image-1'
  | 'gpt-image-2'
  | 'gpt-image-2.5'
  | 'gpt-image-2.6'
  | 'gemini';

/** When a model came and goes. A retired model is warned about, never refused. ISO dates. */
export type Lifecycle = {
  readonly released?: string;
  /** No longer served by its vendor since. */
  readonly retired?: string;
  /** Announced end that is not reached yet. */
  readonly shutdown?: string;
  readonly replacement?: string;
  readonly source: string;
  readonly sourceDate: string;
};

/** One model of the catalogue: data, dated and sourced, never code. */
export type ModelRow = {
  readonly id: string;
  readonly title: string;
  /** Who makes it; providers say whose models they serve. `openai`, `google`, `pictor`, … */
  readonly vendor: string;
  readonly family: 'dall-e' | 'gpt-image' | 'gemini' | 'sketch' | 'text' | 'other';
  /** Other names of the same model, without a provider in front. */
  readonly aliases: readonly string[];
  readonly endpoints: readonly Endpoint[];
  /** Parameters that the model does not have: refuse as OpenAI does (`refuse`), or drop and report (`drop`)? */
  readonly unknownParameters: 'refuse' | 'drop';
  /** Longest prompt, in Unicode code points. */
  readonly promptMaxChars: number;
  /** A parameter without a rule is one that the model does not have. */
  readonly parameters: Readonly<Partial<Record<GovernedParameter, ParameterRule>>>;
  /** Absent for text models. */
  readonly size?: SizeRule;
  readonly edits?: InputRule;
  readonly variations?: InputRule;
  readonly outputFormats: readonly OutputFormat[];
  /** Fields that are handed on unread because Pictor does not model them yet; always reported. */
  readonly passThrough: readonly string[];
  readonly tokens: TokenFormula;
  readonly lifecycle: Lifecycle;
  readonly notes: readonly DatedNote[];
};
