import type { TargetName } from './parameter-targets.ts';

/** Targets by name, with spaces between. */
type Names = string;

/** One parameter on every target. */
export type Row = {
  readonly parameter: string;
  readonly value: unknown;
  /** Where a target would do the same by itself, or lacks this value: another one. */
  readonly instead?: Readonly<Partial<Record<TargetName, unknown>>>;
  /** What it means nothing without. Left out where a target refuses that. */
  readonly beside?: Readonly<Record<string, unknown>>;
  /** What becomes of it on generations, in the words of parameter-verdict.ts. */
  readonly cells: Readonly<Record<string, Names>>;
  /** Where edits differ. */
  readonly edits?: Readonly<Record<string, Names>>;
};

const openAi = 'gpt2 gpt1 dalle3 dalle2 azure';
const google = 'gemini vertex';
const engines = 'plain omni sgl local sdcpp';
const unknown = 'refused: unknown_parameter';

export const rows: readonly Row[] = [
  {
    parameter: 'prompt',
    value: 'A red kite',
    cells: {
      'sent prompt=A red kite': `${openAi} ${engines}`,
      'sent contents.0.parts.0.text=A red kite': google,
      'made picture=other': 'sketch',
    },
  },
  {
    parameter: 'n',
    value: 2,
    cells: {
      'sent n=2': `gpt2 gpt1 dalle2 azure ${engines}`,
      'refused: invalid_value': 'dalle3',
      'sent calls=2': google,
      'made images=2': 'sketch',
    },
  },
  {
    parameter: 'size',
    value: '1536x1024',
    cells: {
      'sent size=1536x1024': `gpt2 gpt1 azure ${engines}`,
      'refused: invalid_value': 'dalle3 dalle2',
      'approximated to 1264x848, sent generationConfig.imageConfig.aspectRatio=3:2 generationConfig.imageConfig.imageSize=1K':
        google,
      'made size=1536x1024': 'sketch',
    },
  },
  {
    parameter: 'quality',
    value: 'low',
    instead: { dalle3: 'hd' },
    cells: {
      'sent quality=low': 'gpt2 gpt1 azure plain',
      'sent quality=hd': 'dalle3',
      'refused: invalid_value': 'dalle2',
      dropped: `${google} omni sgl local sdcpp`,
      'made quality=low': 'sketch',
    },
  },
  {
    parameter: 'background',
    value: 'transparent',
    cells: {
      'refused: invalid_value': 'gpt2 azure',
      'sent background=transparent': 'gpt1 plain sgl',
      [unknown]: 'dalle3 dalle2',
      dropped: `${google} omni local sdcpp`,
      'made background=transparent': 'sketch',
    },
    // A plain picture has nothing that could be cut out.
    edits: { 'made picture=other': 'sketch' },
  },
  {
    parameter: 'background',
    value: 'opaque',
    instead: { sketch: 'transparent' },
    cells: {
      'sent background=opaque': 'gpt2 gpt1 azure plain sgl',
      [unknown]: 'dalle3 dalle2',
      dropped: `${google} omni local sdcpp`,
      'made background=transparent': 'sketch',
    },
    edits: { 'made picture=other': 'sketch' },
  },
  {
    parameter: 'output_format',
    value: 'webp',
    cells: {
      'sent output_format=webp': 'gpt2 gpt1 plain omni sgl sdcpp',
      [unknown]: 'dalle3 dalle2',
      'approximated to png, sent output_format=png': 'azure',
      'approximated to png': 'gemini',
      'approximated to png, sent generationConfig.imageConfig.imageOutputOptions.mimeType=image/png':
        'vertex',
      'made format=webp': 'local sketch',
    },
    edits: { 'sent output_format=png, made format=webp': 'sdcpp' },
  },
  {
    parameter: 'output_compression',
    value: 10,
    beside: { output_format: 'jpeg' },
    cells: {
      'sent output_compression=10': 'gpt2 gpt1 azure plain sgl sdcpp',
      [unknown]: 'dalle3 dalle2',
      'made bytes=fewer': 'gemini local',
      'sent generationConfig.imageConfig.imageOutputOptions.compressionQuality=10': 'vertex',
      dropped: 'omni',
      'made picture=other': 'sketch',
    },
    edits: { 'sent output_compression=10': 'omni' },
  },
  {
    parameter: 'moderation',
    value: 'low',
    cells: {
      'sent moderation=low': 'gpt2 gpt1 azure',
      [unknown]: 'dalle3 dalle2',
      dropped: `${google} ${engines} sketch`,
    },
    // Its documented form has no such member. Whoever asks for it learns what the service says.
    edits: { 'refused by the service: moderation': 'gpt2 gpt1 azure' },
  },
  {
    parameter: 'style',
    value: 'natural',
    cells: {
      [unknown]: 'gpt2 gpt1 dalle2 azure',
      'sent style=natural': 'dalle3',
      dropped: `${google} ${engines} sketch`,
    },
  },
  {
    parameter: 'response_format',
    value: 'url',
    instead: { dalle3: 'b64_json', dalle2: 'b64_json' },
    cells: {
      [unknown]: 'gpt2 gpt1 azure',
      'made as=b64_json': 'dalle3 dalle2',
      'refused: invalid_value': google,
      'made as=url': `${engines} sketch`,
    },
  },
  {
    parameter: 'stream',
    value: true,
    cells: {
      'made event=completed': 'gpt2 gpt1 azure sketch',
      'refused: invalid_value': 'dalle3 dalle2',
      dropped: `${google} ${engines}`,
    },
  },
  {
    parameter: 'partial_images',
    value: 2,
    beside: { stream: true },
    cells: {
      'sent stream=true partial_images=2': 'gpt2 gpt1 azure',
      [unknown]: 'dalle3 dalle2',
      dropped: `${google} ${engines}`,
      'made event=partial_image': 'sketch',
    },
  },
  {
    parameter: 'user',
    value: 'user-7',
    cells: {
      'sent safety_identifier=user-7': 'gpt2 gpt1',
      'sent user=user-7': 'dalle3 dalle2 azure plain omni sgl',
      dropped: 'gemini local sdcpp',
      'sent labels.user=user-7': 'vertex',
      kept: 'sketch',
    },
  },
  {
    parameter: 'safety_identifier',
    value: 'user-7',
    cells: {
      'sent safety_identifier=user-7': 'gpt2 gpt1',
      'sent user=user-7': 'azure',
      [unknown]: 'dalle3 dalle2',
      dropped: `${google} ${engines}`,
      kept: 'sketch',
    },
  },
  {
    parameter: 'input_fidelity',
    value: 'high',
    cells: {
      'refused: invalid_input_fidelity_model': 'gpt2 azure',
      [unknown]: 'gpt1 dalle3 dalle2',
      dropped: `${google} ${engines} sketch`,
    },
    edits: { 'sent input_fidelity=high': 'gpt1' },
  },
  {
    parameter: 'aspect_ratio',
    value: '16:9',
    cells: {
      [unknown]: openAi,
      'sent generationConfig.imageConfig.aspectRatio=16:9': google,
      dropped: `${engines} sketch`,
    },
  },
  {
    parameter: 'image_size',
    value: '2K',
    cells: {
      [unknown]: openAi,
      'sent generationConfig.imageConfig.imageSize=2K': google,
      dropped: `${engines} sketch`,
    },
  },
  {
    parameter: 'thinking_level',
    value: 'high',
    cells: {
      [unknown]: openAi,
      'sent generationConfig.thinkingConfig.thinkingLevel=HIGH': google,
      dropped: `${engines} sketch`,
    },
  },
  {
    parameter: 'response_modalities',
    value: ['image'],
    cells: {
      [unknown]: openAi,
      'sent generationConfig.responseModalities=IMAGE': google,
      dropped: `${engines} sketch`,
    },
  },
  {
    parameter: 'media_resolution',
    value: 'low',
    cells: {
      [unknown]: openAi,
      'sent generationConfig.mediaResolution=MEDIA_RESOLUTION_LOW': google,
      dropped: `${engines} sketch`,
    },
  },
  {
    parameter: 'seed',
    value: 7,
    cells: {
      [unknown]: openAi,
      'sent generationConfig.seed=7': google,
      'sent seed=7': 'omni sgl local',
      'sent prompt=A fox <sd_cpp_extra_args>{"seed":7}</sd_cpp_extra_args>': 'sdcpp',
      dropped: 'plain',
      'made picture=other': 'sketch',
    },
  },
  {
    parameter: 'negative_prompt',
    value: 'blurry',
    cells: {
      [unknown]: openAi,
      'sent negative_prompt=blurry': 'omni sgl',
      'sent prompt=A fox|blurry': 'local',
      'sent prompt=A fox <sd_cpp_extra_args>{"negative_prompt":"blurry"}</sd_cpp_extra_args>': 'sdcpp',
      dropped: `${google} plain sketch`,
    },
  },
  {
    parameter: 'num_inference_steps',
    value: 20,
    cells: {
      [unknown]: openAi,
      'sent num_inference_steps=20': 'omni sgl',
      'sent step=20': 'local',
      'sent prompt=A fox <sd_cpp_extra_args>{"sample_params":{"sample_steps":20}}</sd_cpp_extra_args>':
        'sdcpp',
      dropped: `${google} plain sketch`,
    },
  },
  {
    parameter: 'guidance_scale',
    value: 3.5,
    cells: {
      [unknown]: openAi,
      'sent guidance_scale=3.5': 'omni sgl',
      'sent prompt=A fox <sd_cpp_extra_args>{"sample_params":{"guidance":{"txt_cfg":3.5}}}</sd_cpp_extra_args>':
        'sdcpp',
      dropped: `${google} plain local sketch`,
    },
  },
  {
    parameter: 'true_cfg_scale',
    value: 4,
    cells: {
      [unknown]: openAi,
      'sent true_cfg_scale=4': 'omni sgl',
      'sent prompt=A fox <sd_cpp_extra_args>{"sample_params":{"guidance":{"txt_cfg":4}}}</sd_cpp_extra_args>':
        'sdcpp',
      dropped: `${google} plain local sketch`,
    },
  },
];

/** What the route of variations knows; everything else is no parameter of it. Only these two targets serve it. */
export const variations: Readonly<Record<string, { readonly dalle2: string; readonly sketch: string }>> = {
  n: { dalle2: 'sent n=2', sketch: 'made images=2' },
  size: { dalle2: 'refused: invalid_value', sketch: 'made size=1536x1024' },
  response_format: { dalle2: 'made as=b64_json', sketch: 'made as=url' },
  stream: { dalle2: 'refused: invalid_value', sketch: 'made event=completed' },
  user: { dalle2: 'sent user=user-7', sketch: 'kept' },
};

/** A second picture of an edit, a WebP behind a PNG. */
export const secondImage: Readonly<Record<string, Names>> = {
  'sent image[]=image/webp': 'gpt2 gpt1 plain sgl sdcpp',
  'refused: too_many_images': 'dalle2',
  'approximated to image/png': 'azure',
  'sent contents.0.parts.2.inlineData.mimeType=image/webp contents.0.parts.2.inlineData.data=bytes': google,
  'sent image=image/webp': 'omni',
  'sent ref_images.0=bytes': 'local',
  'made picture=other': 'sketch',
};

/** The mask of an edit. Google's services get it as one more picture, with words that say what it is. */
export const mask: Readonly<Record<string, Names>> = {
  'sent mask=image/png': 'gpt2 gpt1 dalle2 azure plain sdcpp',
  'approximated to emulated, sent contents.0.parts.2.inlineData.mimeType=image/png contents.0.parts.2.inlineData.data=bytes contents.0.parts.3.text=bytes generationConfig.imageConfig.aspectRatio=1:1':
    google,
  'sent mask_image=image/png': 'omni',
  [unknown]: 'sgl',
  'sent path=inpainting image=image/png mask=image/png, lost response_format=b64_json files.0=bytes': 'local',
  'made picture=other': 'sketch',
};

/** A mask without a picture, on the route of generations. */
export const strayMask: Readonly<Record<string, Names>> = {
  'refused: invalid_value': openAi,
  dropped: `${google} ${engines} sketch`,
};

/** A picture on the route of generations, which makes it an edit. */
export const image: Readonly<Record<string, Names>> = {
  'sent path=edits image[]=image/png': 'gpt2 gpt1 azure plain',
  'refused: invalid_value (model)': 'dalle3',
  'sent path=edits image=image/png': 'dalle2',
  'sent contents.0.parts.1.inlineData.mimeType=image/png contents.0.parts.1.inlineData.data=bytes': google,
  'sent path=edits image=image/png, made size=64x64': 'omni',
  'sent path=edits image[]=image/png, made size=64x64': 'sgl sdcpp',
  'sent files.0=bytes': 'local',
  'made size=64x64': 'sketch',
};

/** The name under which each upstream is asked; engines with one model get none. */
export const models: Readonly<Record<string, Names>> = {
  'model=gpt-image-2': 'gpt2',
  'model=gpt-image-1': 'gpt1 plain',
  'model=dall-e-3': 'dalle3',
  'model=dall-e-2': 'dalle2',
  'model=my-img': 'azure',
  'model=gemini-3.1-flash-image': google,
  'model=Qwen/Qwen-Image': 'omni',
  'model=dreamshaper': 'local',
  'not sent': 'sgl sdcpp sketch',
};
