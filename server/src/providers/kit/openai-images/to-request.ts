import type { ImageInput, ImageJob, JobKind } from '../../../models/index.ts';
import type { CallBody } from '../open-caller.ts';
import { type FormPart, writeFormBody } from '../write-form-body.ts';
import { writeJsonBody } from '../write-json-body.ts';

export type UpstreamRequest = {
  /** Behind the base address. */
  readonly path: string;
  readonly body: CallBody;
};

const paths: Readonly<Record<JobKind, string>> = {
  generate: '/images/generations',
  edit: '/images/edits',
  vary: '/images/variations',
};

/** What was asked, under the wire's names. */
export type Members = Readonly<Record<string, unknown>>;

/**
 * The call that a job becomes: JSON where only words go in, a form where pictures do. `change` is for services that call
 * something otherwise.
 */
export function toRequest(job: ImageJob, change = (members: Members): Members => members): UpstreamRequest {
  const members = change(toMembers(job));
  // DALL·E takes one picture, and its form has no list.
  const image = job.row.family === 'dall-e' ? 'image' : 'image[]';
  const body =
    job.kind === 'generate' ? writeJsonBody(members) : toForm(job, members, { image, mask: 'mask' });
  return { path: paths[job.kind], body };
}

/** What was asked, under the wire's names. What was not asked is left to the service. */
export function toMembers(job: ImageJob): Members {
  const { parameters } = job.row;
  const streams = job.partialImages > 0;
  const members: Members = {
    model: job.upstreamModel,
    prompt: job.kind === 'vary' ? undefined : job.prompt,
    n: job.n > 1 ? job.n : undefined,
    size: toSize(job),
    quality: job.quality,
    background: job.background,
    output_format: job.outputFormat,
    output_compression: job.outputCompression,
    moderation: toModeration(job),
    style: job.style,
    input_fidelity: job.inputFidelity,
    // Models that can answer with addresses do so by default, and an address would have to be fetched.
    response_format: parameters.response_format === undefined ? undefined : 'b64_json',
    stream: streams ? true : undefined,
    partial_images: streams ? job.partialImages : undefined,
    // The newer name where the model knows it; the service treats both alike.
    [parameters.safety_identifier === undefined ? 'user' : 'safety_identifier']: job.user,
    ...job.passThrough,
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

/** DALL·E has no word for `auto`; it chooses when nothing is said. */
function toSize({ size, row }: ImageJob): string | undefined {
  if (size === undefined || (size === 'auto' && row.family === 'dall-e')) return undefined;
  return size === 'auto' ? size : `${size.width}x${size.height}`;
}

/** The form of edits is not documented to have this member, so it is sent only where it makes a difference. */
function toModeration({ kind, moderation }: ImageJob): string | undefined {
  return kind === 'edit' && moderation === 'auto' ? undefined : moderation;
}

/** A form of these members, and of the job's pictures under these names. */
export function toForm(
  job: Pick<ImageJob, 'images' | 'mask'>,
  members: Members,
  names: { readonly image: string; readonly mask: string },
): CallBody {
  const texts = Object.entries(members).map(([name, value]) => ({ name, value: toText(value) }));
  const pictures = job.images.map((image, index) => toFile(names.image, `image-${index + 1}`, image));
  const mask = job.mask === undefined ? [] : [toFile(names.mask, 'mask', job.mask)];
  return writeFormBody([...texts, ...pictures, ...mask]);
}

function toFile(name: string, title: string, image: ImageInput): FormPart {
  const ending = image.mediaType.split('/')[1] ?? 'bin';
  return { name, fileName: `${title}.${ending === 'jpeg' ? 'jpg' : ending}`, image };
}

function toText(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
