import { sniffFormat } from '../../src/providers/kit/sniff-format.ts';
import { googleSizes } from './google-sizes.ts';

export type GoogleRefusal = {
  readonly code: number;
  readonly status: string;
  readonly message: string;
  readonly details?: readonly unknown[];
};

export type Target = { readonly platform: 'gemini' | 'vertex'; readonly model: string };

type Members = Readonly<Record<string, unknown>>;

const bodyMembers = [
  'contents',
  'systemInstruction',
  'safetySettings',
  'generationConfig',
  'tools',
  'toolConfig',
  'cachedContent',
  'continuationToken',
];
const configMembers = [
  'responseModalities',
  'imageConfig',
  'thinkingConfig',
  'mediaResolution',
  'seed',
  'candidateCount',
  'temperature',
  'topP',
  'topK',
  'maxOutputTokens',
];
const imageMembers = ['aspectRatio', 'imageSize'];
const imageMembersOfVertex = [...imageMembers, 'personGeneration', 'imageOutputOptions', 'prominentPeople'];

/** Models without an entry have no control of their thinking. */
const thinkingLevels: Readonly<Record<string, readonly string[]>> = {
  'gemini-3.1-flash-image': ['MINIMAL', 'HIGH'],
  'gemini-nano-banana-2.1': ['MINIMAL', 'MEDIUM', 'HIGH'],
};

const thresholds = ['BLOCK_LOW_AND_ABOVE', 'BLOCK_MEDIUM_AND_ABOVE', 'BLOCK_ONLY_HIGH', 'BLOCK_NONE', 'OFF'];
const maxInlineBytes = 7 * 1024 * 1024;
const maxPictures = 14;

/** What the service would refuse. Null: it would do the work. */
export function checkGoogleBody(target: Target, body: Members): GoogleRefusal | null {
  const isVertex = target.platform === 'vertex';
  if (googleSizes[target.model] === undefined) {
    return {
      code: 404,
      status: 'NOT_FOUND',
      message: `models/${target.model} is not found for API version v1beta, or is not supported for generateContent.`,
    };
  }
  try {
    only(body, isVertex ? [...bodyMembers, 'labels'] : bodyMembers, '');
    checkContents(target.model, body.contents);
    checkSafety(body.safetySettings, isVertex);
    checkLabels(body.labels);
    checkConfig(target, record(body.generationConfig ?? {}, 'generation_config'));
    return null;
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    const { message, field } = error;
    return {
      code: 400,
      status: 'INVALID_ARGUMENT',
      message,
      ...(field === '' ? {} : { details: blame(field) }),
    };
  }
}

class Wrong extends Error {
  readonly field: string;
  constructor(message: string, field = '') {
    super(message);
    this.field = field;
  }
}

function blame(field: string): readonly unknown[] {
  return [
    {
      '@type': 'type.googleapis.com/google.rpc.BadRequest',
      fieldViolations: [{ field, description: 'Invalid value' }],
    },
  ];
}

function only(members: Members, known: readonly string[], place: string): void {
  const stranger = Object.keys(members).find((name) => !known.includes(name));
  if (stranger === undefined) return;
  throw new Wrong(
    `Invalid JSON payload received. Unknown name "${stranger}" at '${place}': Cannot find field.`,
    place,
  );
}

function record(value: unknown, place: string): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Wrong(`Invalid value at '${place}'`, place);
  }
  return value as Members;
}

function oneOf(value: unknown, values: readonly string[], place: string): void {
  if (value === undefined || (typeof value === 'string' && values.includes(value))) return;
  throw new Wrong(`Invalid value at '${place}' (${JSON.stringify(value)})`, place);
}

function checkContents(model: string, contents: unknown): void {
  if (!Array.isArray(contents) || contents.length === 0) throw new Wrong('contents is not specified');
  let pictures = 0;
  for (const [index, each] of contents.entries()) {
    const content = record(each, 'contents');
    only(content, ['role', 'parts'], 'contents');
    if (content.role !== 'user' && content.role !== 'model') {
      throw new Wrong('Please use a valid role: user, model.', 'contents.role');
    }
    if (!Array.isArray(content.parts) || content.parts.length === 0) {
      throw new Wrong('contents.parts must not be empty.', 'contents.parts');
    }
    for (const [place, part] of content.parts.entries()) {
      const members = record(part, 'contents.parts');
      if (members.inlineData !== undefined) pictures += 1;
      checkPart(members);
      if (content.role === 'model') checkSignature(model, members, index, place);
    }
  }
  if (record(contents.at(-1), 'contents').role !== 'user') {
    throw new Wrong('Please ensure that the last content has the role user.', 'contents');
  }
  if (pictures > maxPictures) throw new Wrong(`At most ${maxPictures} images are allowed.`, 'contents');
}

function checkPart(part: Members): void {
  only(part, ['text', 'inlineData', 'thoughtSignature'], 'contents.parts');
  if ((part.text === undefined) === (part.inlineData === undefined)) {
    throw new Wrong("contents.parts must have one initialized field of 'data'", 'contents.parts');
  }
  if (part.inlineData === undefined) return;
  const { mimeType, data, ...rest } = record(part.inlineData, 'contents.parts.inline_data');
  only(rest, [], 'contents.parts.inline_data');
  const bytes = Buffer.from(String(data), 'base64');
  if (bytes.length === 0 || bytes.toString('base64') !== data || bytes.length >= maxInlineBytes) {
    throw new Wrong('Unable to process input image.', 'contents.parts.inline_data');
  }
  if (mimeType !== `image/${sniffFormat(bytes)}`) throw new Wrong('Unable to process input image.');
}

/** Only models of the third generation and later sign. The second part of an answer may go without where it is text. */
function checkSignature(model: string, part: Members, content: number, place: number): void {
  const isPicture = part.inlineData !== undefined;
  if (model === 'gemini-2.5-flash-image' || (!isPicture && place > 0)) return;
  const what = isPicture ? 'Image' : 'Text';
  if (part.thoughtSignature === undefined) {
    throw new Wrong(
      `${what} part is missing a thought_signature in content position ${content + 1}, part position ${place + 1}.`,
    );
  }
  const signed = isPicture ? String(record(part.inlineData, '').data) : String(part.text);
  if (part.thoughtSignature !== signatureOf(signed)) throw new Wrong('Thought signature is not valid.');
}

/** What the service signs a part with: of pictures their base64, of text itself. */
export function signatureOf(content: string): string {
  return Buffer.from(`signed ${content.length} ${content.slice(-24)}`).toString('base64');
}

function checkSafety(settings: unknown, isVertex: boolean): void {
  if (settings === undefined) return;
  if (!Array.isArray(settings)) throw new Wrong("Invalid value at 'safety_settings'", 'safety_settings');
  for (const each of settings) {
    const { category, threshold, ...rest } = record(each, 'safety_settings');
    only(rest, [], 'safety_settings');
    oneOf(threshold, thresholds, 'safety_settings.threshold');
    const isOfVertex = String(category).startsWith('HARM_CATEGORY_IMAGE_');
    if (!String(category).startsWith('HARM_CATEGORY_') || (isOfVertex && !isVertex)) {
      throw new Wrong("Invalid value at 'safety_settings.category'", 'safety_settings.category');
    }
  }
}

function checkLabels(labels: unknown): void {
  for (const [name, value] of Object.entries(record(labels ?? {}, 'labels'))) {
    const isPlain =
      /^[a-z][a-z0-9_-]{0,62}$/.test(name) && /^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u.test(String(value));
    if (!isPlain) throw new Wrong("Invalid value at 'labels'", 'labels');
  }
}

function checkConfig({ platform, model }: Target, config: Members): void {
  only(config, configMembers, 'generation_config');
  const { responseModalities, imageConfig, thinkingConfig, mediaResolution, seed } = config;
  if (responseModalities !== undefined) {
    if (!Array.isArray(responseModalities)) throw new Wrong('Invalid modalities.');
    for (const each of responseModalities)
      oneOf(each, ['TEXT', 'IMAGE'], 'generation_config.response_modalities');
  }
  oneOf(
    mediaResolution,
    ['LOW', 'MEDIUM', 'HIGH'].map((level) => `MEDIA_RESOLUTION_${level}`),
    'generation_config.media_resolution',
  );
  if (seed !== undefined && !(Number.isInteger(seed) && Math.abs(Number(seed)) <= 2 ** 31)) {
    throw new Wrong("Invalid value at 'generation_config.seed' (TYPE_INT32)", 'generation_config.seed');
  }
  checkThinking(model, thinkingConfig);
  if (imageConfig !== undefined) checkImageConfig(platform, model, record(imageConfig, 'image_config'));
}

function checkThinking(model: string, thinkingConfig: unknown): void {
  if (thinkingConfig === undefined) return;
  const { thinkingLevel, includeThoughts, ...rest } = record(thinkingConfig, 'thinking_config');
  only(rest, [], 'generation_config.thinking_config');
  oneOf(
    String(includeThoughts ?? false),
    ['false', 'true'],
    'generation_config.thinking_config.include_thoughts',
  );
  const levels = thinkingLevels[model];
  if (levels === undefined) throw new Wrong('Thinking level is not supported for this model.');
  oneOf(thinkingLevel, levels, 'generation_config.thinking_config.thinking_level');
}

function checkImageConfig(platform: Target['platform'], model: string, config: Members): void {
  const place = 'generation_config.image_config';
  only(config, platform === 'vertex' ? imageMembersOfVertex : imageMembers, place);
  if (Object.keys(config).length === 0) throw new Wrong('Empty image config.', place);
  const tiers = googleSizes[model] ?? {};
  const sizes = model === 'gemini-2.5-flash-image' ? [] : Object.keys(tiers);
  oneOf(config.imageSize, sizes, `${place}.image_size`);
  const ratios = tiers[String(config.imageSize ?? '1K')]?.map(([ratio]) => ratio) ?? [];
  oneOf(config.aspectRatio, ratios, `${place}.aspect_ratio`);
  oneOf(config.personGeneration, ['ALLOW_ALL', 'ALLOW_ADULT', 'ALLOW_NONE'], `${place}.person_generation`);
  if (config.imageOutputOptions === undefined) return;
  const { mimeType, compressionQuality, ...rest } = record(config.imageOutputOptions, place);
  only(rest, [], `${place}.image_output_options`);
  oneOf(mimeType, ['image/png', 'image/jpeg'], `${place}.image_output_options.mime_type`);
  if (compressionQuality !== undefined && mimeType !== 'image/jpeg') {
    throw new Wrong('Compression is for JPEG only.', `${place}.image_output_options`);
  }
}
