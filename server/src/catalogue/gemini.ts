import type {
  DatedNote,
  GovernedParameter,
  Lifecycle,
  ModelRow,
  ParameterRule,
  SizeRule,
} from '../models/index.ts';
import {
  tierOf25Flash,
  tiersOf3Pro,
  tiersOf31Flash,
  tiersOf31FlashLite,
  tiersOfNanoBanana21,
} from './gemini-sizes.ts';

const sevenMegabytes = 7 * 1024 * 1024;

const commonNotes: readonly DatedNote[] = [
  {
    text: 'Gemini has no n, no mask, and no transparency: Pictor asks once for each image, and puts the original back around an emulated mask.',
    source: 'ai.google.dev image generation guide',
    date: '2026-09-05',
  },
  {
    text: 'One inline picture may have 7 MB on Vertex AI; the same limit is kept for the Gemini API.',
    source: 'docs.cloud.google.com, image understanding',
    date: '2026-11-21',
  },
];

type RatioTable = Extract<SizeRule, { kind: 'ratio-table' }>;

type GeminiFacts = {
  readonly id: string;
  readonly title: string;
  readonly aliases: readonly string[];
  readonly tiers: RatioTable['tiers'];
  readonly misprints?: RatioTable['misprints'];
  /** Absent where the model leaves no choice. */
  readonly thinking?: { readonly values: readonly string[]; readonly default: string };
  readonly mediaResolution: 'medium' | 'high';
  readonly maxImages: number;
  /** False where the model makes one tier and takes no size word. */
  readonly choosesTier: boolean;
  readonly lifecycle: Lifecycle;
  readonly notes?: readonly DatedNote[];
};

function gemini(facts: GeminiFacts): ModelRow {
  return {
    id: facts.id,
    title: facts.title,
    vendor: 'google',
    family: 'gemini',
    aliases: facts.aliases,
    endpoints: ['images.generations', 'images.edits'],
    unknownParameters: 'drop',
    promptMaxChars: 32_000,
    parameters: geminiParameters(facts),
    size: {
      kind: 'ratio-table',
      tiers: facts.tiers,
      defaultTier: '1K',
      defaultRatio: '1:1',
      ...(facts.misprints && { misprints: facts.misprints }),
    },
    edits: {
      maxImages: facts.maxImages,
      maxImageBytes: sevenMegabytes,
      mediaTypes: ['image/png', 'image/jpeg', 'image/webp', 'image/heic', 'image/heif'],
      mustBeSquare: false,
      mask: 'emulated',
      maxMaskBytes: 50 * 1024 * 1024,
    },
    outputFormats: ['png', 'jpeg'],
    passThrough: [],
    tokens: 'gemini',
    lifecycle: facts.lifecycle,
    notes: [...commonNotes, ...(facts.notes ?? [])],
  };
}

function geminiParameters(facts: GeminiFacts): Readonly<Partial<Record<GovernedParameter, ParameterRule>>> {
  const ratios = Object.keys(facts.tiers['1K'] ?? {});
  return {
    n: { kind: 'integer', min: 1, max: 10, default: 1 },
    aspect_ratio: { kind: 'choice', values: ratios, default: '1:1' },
    ...(facts.choosesTier && {
      image_size: { kind: 'choice', values: tierNames(facts.tiers), default: '1K' },
    }),
    ...(facts.thinking && { thinking_level: { kind: 'choice', ...facts.thinking } }),
    response_modalities: { kind: 'choices', values: ['text', 'image'], default: ['text', 'image'] },
    media_resolution: {
      kind: 'choice',
      values: ['low', 'medium', 'high'],
      default: facts.mediaResolution,
    },
    output_format: {
      kind: 'choice',
      values: ['png', 'jpeg'],
      default: 'png',
      approximated: { webp: 'png' },
    },
    output_compression: { kind: 'integer', min: 0, max: 100, default: 100 },
    response_format: { kind: 'choice', values: ['b64_json'], default: 'b64_json' },
    seed: { kind: 'integer', min: -2_147_483_648, max: 2_147_483_647 },
    user: { kind: 'text', maxLength: 512 },
  };
}

/** Tier names from small to large. */
function tierNames(tiers: GeminiFacts['tiers']): readonly string[] {
  return ['512', '1K', '2K', '4K'].filter((name) => Object.hasOwn(tiers, name));
}

const changelog = { source: 'ai.google.dev changelog and deprecations pages', sourceDate: '2026-09-05' };

/** Google's image models, widely called Nano Banana. */
export const geminiRows: readonly ModelRow[] = [
  gemini({
    id: 'gemini-2.5-flash-image',
    title: 'Nano Banana (Gemini 2.5 Flash Image)',
    aliases: ['gemini-2.5-flash-image-preview', 'nano-banana'],
    tiers: { '1K': tierOf25Flash },
    mediaResolution: 'medium',
    maxImages: 14,
    choosesTier: false,
    lifecycle: { shutdown: '2026-10-02', replacement: 'gemini-nano-banana-2.1', ...changelog },
    notes: [
      {
        text: 'Its announced end was "earliest October 2026"; the types of 2026-11-10 still list it, and resellers report that it answers.',
        source: 'npm @google/genai 3.1.0',
        date: '2026-11-10',
      },
      {
        text: 'The guide says that it works best with up to three pictures, which is no limit; Vertex AI takes many more.',
        source: 'ai.google.dev image generation guide',
        date: '2026-09-05',
      },
    ],
  }),
  gemini({
    id: 'gemini-3-pro-image',
    title: 'Nano Banana Pro (Gemini 3 Pro Image)',
    aliases: ['gemini-3-pro-image-preview', 'nano-banana-pro', 'nano-banana-pro-preview'],
    tiers: tiersOf3Pro,
    mediaResolution: 'high',
    maxImages: 14,
    choosesTier: true,
    lifecycle: { released: '2026-05-28', ...changelog },
    notes: [
      {
        text: 'gemini-3-pro-image-preview was shut down on 2026-06-25; the name is kept as another name of the released model.',
        source: 'ai.google.dev changelog',
        date: '2026-05-28',
      },
      {
        text: 'It always thinks; there is no level to choose.',
        source: 'ai.google.dev thinking guide',
        date: '2026-09-05',
      },
    ],
  }),
  gemini({
    id: 'gemini-3.1-flash-image',
    title: 'Nano Banana 2 (Gemini 3.1 Flash Image)',
    aliases: ['gemini-3.1-flash-image-preview', 'nano-banana-2'],
    tiers: tiersOf31Flash,
    misprints: { '792x168': '792x336' },
    thinking: { values: ['minimal', 'high'], default: 'minimal' },
    mediaResolution: 'high',
    maxImages: 14,
    choosesTier: true,
    lifecycle: {
      released: '2026-05-28',
      shutdown: '2026-10-29',
      replacement: 'gemini-nano-banana-2.1',
      source: 'github.com/BerriAI/litellm discussion 44983',
      sourceDate: '2026-11-21',
    },
    notes: [
      {
        text: 'Only secondary sources tell of its end; the types of 2026-11-10 still list it, and Vertex AI may keep it longer.',
        source: 'npm @google/genai 3.1.0',
        date: '2026-11-10',
      },
      {
        text: 'The guide prints 792x168 for 21:9 at 512, which is not that ratio; 792x336 is half of the size at 1K, and is made where 792x168 is asked for.',
        source: 'ai.google.dev image generation guide',
        date: '2026-09-05',
      },
    ],
  }),
  gemini({
    id: 'gemini-3.1-flash-lite-image',
    title: 'Nano Banana 2 Lite (Gemini 3.1 Flash Lite Image)',
    aliases: ['gemini-3.1-flash-lite-image-preview', 'nano-banana-2-lite'],
    tiers: tiersOf31FlashLite,
    mediaResolution: 'high',
    maxImages: 14,
    choosesTier: true,
    lifecycle: { released: '2026-06-30', ...changelog },
  }),
  gemini({
    id: 'gemini-nano-banana-2.1',
    title: 'Nano Banana 2.1',
    aliases: ['gemini-nano-banana-2.1-preview', 'nano-banana-2.1', 'nano-banana-2-1'],
    tiers: tiersOfNanoBanana21,
    thinking: { values: ['minimal', 'medium', 'high'], default: 'medium' },
    mediaResolution: 'high',
    maxImages: 14,
    choosesTier: true,
    lifecycle: {
      released: '2026-10-07',
      source: 'docs.laozhang.ai nano-banana-2-1-image; github.com/BerriAI/litellm discussion 44983',
      sourceDate: '2026-11-21',
    },
    notes: [
      {
        text: 'A reseller claims edits with masks; without a documented field Pictor emulates them here too.',
        source: 'docs.laozhang.ai nano-banana-2-1-image',
        date: '2026-11-21',
      },
    ],
  }),
];
