import type { ReadRequest } from './read-upstream-request.ts';

export type Refusal = {
  readonly status: number;
  readonly code: string | null;
  readonly message: string;
  readonly param?: string;
  readonly type?: string;
};

const shared = [
  'prompt',
  'model',
  'n',
  'size',
  'quality',
  'background',
  'output_format',
  'output_compression',
];
const sharedTail = ['stream', 'partial_images', 'safety_identifier', 'user', 'complexity'];
const animation = ['frame_count', 'frame_duration_ms'];
const legacy = ['response_format', 'style'];

/** The members of each route, as the reference lists them. The form of edits has no `moderation`. */
const members: Readonly<Record<string, readonly string[]>> = {
  '/v1/images/generations': [...shared, 'moderation', ...sharedTail, ...animation, 'svg', ...legacy],
  '/v1/images/edits': [...shared, 'input_fidelity', ...sharedTail, ...animation, 'response_format'],
  '/v1/images/variations': ['model', 'n', 'response_format', 'size', 'user'],
};

const files: Readonly<Record<string, readonly string[]>> = {
  '/v1/images/generations': [],
  '/v1/images/edits': ['image', 'image[]', 'mask', 'markup'],
  '/v1/images/variations': ['image'],
};

const firstSizes = ['1024x1024', '1536x1024', '1024x1536', 'auto'];
const dallESizes: Readonly<Record<string, readonly string[]>> = {
  'dall-e-2': ['256x256', '512x512', '1024x1024'],
  'dall-e-3': ['1024x1024', '1792x1024', '1024x1792'],
};

/** What the service would refuse. Null: it would do the work. */
export function checkOpenAiRequest(request: ReadRequest, key: string): Refusal | null {
  const known = members[request.path];
  if (request.method !== 'POST' || known === undefined) {
    return { status: 404, code: null, message: `Invalid URL (${request.method} ${request.path})` };
  }
  if (request.headers.authorization !== `Bearer ${key}`) {
    return { status: 401, code: 'invalid_api_key', message: 'Incorrect API key provided: sk-wrong***cdef.' };
  }
  if ((request.kind === 'json') !== request.path.endsWith('/generations')) {
    return refuse('unsupported_content_type', `Unsupported content type: ${request.headers['content-type']}`);
  }
  const asked = new Map(request.fields);
  if (asked.size !== request.fields.length) return refuse('duplicate_parameter', 'Duplicate parameter.');
  return checkNames(request, known) ?? checkValues(request, asked) ?? checkFiles(request, asked);
}

function checkNames(request: ReadRequest, known: readonly string[]): Refusal | null {
  const model = String(new Map(request.fields).get('model'));
  for (const [name] of request.fields) {
    const isLegacyOnly = legacy.includes(name) && !model.startsWith('dall-e');
    if (!known.includes(name) || isLegacyOnly) {
      return refuse('unknown_parameter', `Unknown parameter: '${name}'.`, name);
    }
  }
  return null;
}

function checkValues(request: ReadRequest, asked: ReadonlyMap<string, unknown>): Refusal | null {
  const model = String(asked.get('model'));
  const text = (name: string): string | undefined =>
    asked.get(name) === undefined ? undefined : String(asked.get(name));
  const isDallE = model.startsWith('dall-e');
  const isFirst = model.startsWith('gpt-image-1') || model === 'chatgpt-image-latest';
  if (!isDallE && !isFirst && !model.startsWith('gpt-image-2')) {
    return {
      status: 404,
      code: 'model_not_found',
      message: `The model '${model}' does not exist.`,
      param: 'model',
    };
  }
  const longest = model === 'dall-e-2' ? 1000 : isDallE ? 4000 : 32_000;
  const prompt = text('prompt');
  if (request.path !== '/v1/images/variations' && (prompt === undefined || [...prompt].length > longest)) {
    return refuse('invalid_value', 'Invalid prompt.', 'prompt');
  }
  if (request.kind === 'json') {
    for (const name of ['n', 'partial_images', 'output_compression']) {
      if (asked.has(name) && typeof asked.get(name) !== 'number')
        return refuse('invalid_type', 'Not a number.', name);
    }
    if (asked.has('stream') && asked.get('stream') !== true)
      return refuse('invalid_type', 'Not true.', 'stream');
  }
  const n = Number(text('n') ?? 1);
  if (!(n >= 1 && n <= (model === 'dall-e-3' ? 1 : 10)))
    return refuse('integer_above_max_value', 'Invalid n.', 'n');
  if (text('input_fidelity') !== undefined && !isFirst) {
    return refuse('invalid_input_fidelity_model', `${model} takes no input_fidelity.`, 'input_fidelity');
  }
  if (text('stream') === undefined && text('partial_images') !== undefined) {
    return refuse('invalid_value', 'partial_images needs stream.', 'partial_images');
  }
  if (isDallE && text('stream') !== undefined) return refuse('invalid_value', 'No streaming.', 'stream');
  return checkLooks(model, text);
}

function checkLooks(model: string, text: (name: string) => string | undefined): Refusal | null {
  const isDallE = model.startsWith('dall-e');
  const isFree = model.startsWith('gpt-image-2');
  const size = text('size');
  const sizes = isDallE ? dallESizes[model] : firstSizes;
  if (size !== undefined && !(isFree ? isFreeSize(size) : sizes?.includes(size))) {
    return refuse('invalid_value', `Invalid size '${size}'.`, 'size');
  }
  const isNewest = /^gpt-image-2\.[56]/.test(model);
  const qualities = isDallE
    ? ['standard', 'hd']
    : ['auto', 'low', 'medium', 'high', ...(isNewest ? ['xhigh', 'max'] : [])];
  const formats = ['png', 'jpeg', 'webp', ...(model.startsWith('gpt-image-2.6') ? ['gif', 'svg'] : [])];
  const choices: Readonly<Record<string, readonly string[]>> = {
    quality: qualities,
    background: isDallE ? [] : ['auto', 'opaque', 'transparent'],
    output_format: isDallE ? [] : formats,
    moderation: isDallE ? [] : ['auto', 'low'],
    style: model === 'dall-e-3' ? ['vivid', 'natural'] : [],
    response_format: ['url', 'b64_json'],
    input_fidelity: ['low', 'high'],
  };
  for (const [name, values] of Object.entries(choices)) {
    const value = text(name);
    if (value !== undefined && !values.includes(value)) {
      return refuse('invalid_value', `Invalid value: '${value}'.`, name);
    }
  }
  if (text('background') === 'transparent' && text('output_format') === 'jpeg') {
    return refuse('invalid_value', 'A JPEG is not transparent.', 'background');
  }
  return null;
}

function checkFiles(request: ReadRequest, asked: ReadonlyMap<string, unknown>): Refusal | null {
  const known = files[request.path] ?? [];
  const stranger = request.files.find((file) => !known.includes(file.name));
  if (stranger !== undefined) return refuse('unknown_parameter', 'Unknown file.', stranger.name);
  if (known.length === 0) return null;
  const isDallE = String(asked.get('model')).startsWith('dall-e');
  const pictures = request.files.filter((file) => file.name.startsWith('image'));
  const names = new Set(pictures.map((file) => file.name));
  if (pictures.length === 0 || pictures.length > (isDallE ? 1 : 16) || names.size > 1) {
    return refuse('invalid_value', 'Wrong number of images.', 'image');
  }
  if (names.has('image') && pictures.length > 1)
    return refuse('duplicate_parameter', 'Use image[].', 'image');
  const types = isDallE ? ['image/png'] : ['image/png', 'image/jpeg', 'image/webp'];
  const wrong = request.files.find(
    (file) => !types.includes(file.contentType) || !/\.\w+$/.test(file.fileName),
  );
  if (wrong !== undefined) {
    return refuse('unsupported_file_mimetype', `Unsupported mimetype '${wrong.contentType}'.`, wrong.name);
  }
  const masks = request.files.filter((file) => file.name === 'mask');
  return masks.length > 1 || masks.some((mask) => mask.contentType !== 'image/png')
    ? refuse('invalid_mask_image_format', 'Invalid mask.', 'mask', 'image_generation_user_error')
    : null;
}

function isFreeSize(size: string): boolean {
  if (size === 'auto') return true;
  const match = /^(\d+)x(\d+)$/.exec(size);
  const [width, height] = [Number(match?.[1]), Number(match?.[2])];
  const long = Math.max(width, height);
  const short = Math.min(width, height);
  const pixels = width * height;
  return (
    width % 16 === 0 &&
    height % 16 === 0 &&
    long <= 3840 &&
    long <= short * 3 &&
    pixels >= 655_360 &&
    pixels <= 8_294_400
  );
}

function refuse(code: string, message: string, param?: string, type?: string): Refusal {
  return {
    status: 400,
    code,
    message,
    ...(param === undefined ? {} : { param }),
    ...(type === undefined ? {} : { type }),
  };
}
