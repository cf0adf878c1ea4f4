import { z } from 'zod';
import { moment, requestFilterGroup } from './request-filters.ts';

export const imageRole = z.enum(['output', 'input', 'mask', 'partial', 'original']);

const tag = z.string().trim().min(1).max(60);
const imageId = z.string().regex(/^img_[0-9a-f]{32}$/, 'it must be the id of an image, img_…');

const imageQuery = {
  /** Conditions on the requests of the images: see requestFields. */
  filter_group: requestFilterGroup.optional(),
  /** Words in the prompts, revised prompts and answers of their requests. */
  q: z.string().max(1_000).optional(),
  /** Default: output. */
  roles: z.array(imageRole).min(1).max(5).optional(),
  /** Tags of the image itself; it must have each. */
  tags: z.array(tag).max(20).optional(),
  /** `image/png`, … */
  media_type: z.string().max(100).optional(),
  /** Of this request only. */
  request: z.string().max(100).optional(),
  /** Made from this moment on. */
  from: moment.optional(),
  /** Made before this moment; a day stands for the whole of it. */
  to: moment.optional(),
};

/** The body of POST /api/images/search. */
export const imageSearchBody = z.strictObject({
  ...imageQuery,
  /** By time. Default: desc. */
  sort_order: z.enum(['asc', 'desc']).optional(),
  /** 1 to 200. Default: 50. */
  limit: z.int().min(1).max(200).optional(),
  /** `next_cursor` of the page before. */
  cursor: z.string().max(1_000).optional(),
});

/** The body of POST /api/images/zip: images by id, or all that are found, 5000 at most. */
export const imageZipBody = z.strictObject({
  ids: z.array(imageId).min(1).max(5_000).optional(),
  ...imageQuery,
});

/** One stored image with what is known of where it came from. */
export const galleryImage = z.looseObject({
  id: z.string(),
  object: z.literal('image'),
  role: imageRole,
  /** Null: it came with a response. */
  request: z.string().nullable(),
  prompt: z.string().nullable(),
  revised_prompt: z.string().nullable(),
  model: z.string().nullable(),
  engine: z.string().nullable(),
  tags: z.array(z.string()),
  /** Pixels. */
  width: z.int(),
  height: z.int(),
  media_type: z.string(),
  bytes: z.int(),
  /** BLAKE3 of the bytes, in hexadecimal digits. */
  hash: z.string(),
  /** Paths on the same server; opened with a session or a key. */
  url: z.string(),
  thumbnail_url: z.string(),
  /** Unix seconds. */
  created_at: z.int(),
});

export const galleryPage = z.looseObject({
  object: z.literal('list'),
  data: z.array(galleryImage),
  has_more: z.boolean(),
  next_cursor: z.string().nullable(),
});

/** The body of PATCH /api/images/:id. */
export const imageChange = z.strictObject({ tags: z.array(tag).max(20) });

/** The body of POST /api/images/tag. */
export const imageTagBody = z.strictObject({
  ids: z.array(imageId).min(1).max(1_000),
  add: z.array(tag).max(20).optional(),
  remove: z.array(tag).max(20).optional(),
});

/** The body of POST /api/images/delete. */
export const imageDeleteBody = z.strictObject({
  ids: z.array(imageId).min(1).max(1_000),
  /** False or absent: only what refers to them is told, and nothing is touched. */
  confirm: z.boolean().optional(),
});

/** What goes, and what refers to it. */
export const imageDeletion = z.looseObject({
  object: z.literal('image.deletion'),
  deleted: z.boolean(),
  images: z.array(z.string()),
  /** Bytes on disk that nothing else needs. */
  freed_bytes: z.int(),
  references: z.looseObject({
    /** Requests that they came out of, or went into: these answer without them from then on. */
    requests: z.array(z.string()),
    /** Later requests that the same bytes went into; those keep them. */
    children: z.array(z.string()),
    /** Uploaded files of the same bytes; those keep them. */
    files: z.array(z.string()),
    /** Responses and conversations that show them. */
    responses: z.array(z.string()),
  }),
});

/** A request in a family tree. */
const familyRequest = z.looseObject({
  id: z.string(),
  kind: z.enum(['generate', 'edit', 'vary']),
  status: z.string(),
  model: z.string(),
  prompt: z.string(),
  saved_prompt: z
    .looseObject({ id: z.string(), name: z.string().nullable(), version: z.int().nullable() })
    .nullable(),
  response: z.string().nullable(),
  created_at: z.int(),
  outputs: z.array(galleryImage),
  inputs: z.array(galleryImage),
});

export const imageFamily = z.looseObject({
  object: z.literal('image.family'),
  image: galleryImage,
  /** The requests around the image, oldest first. */
  requests: z.array(familyRequest),
  /** Which request led to which. */
  links: z.array(
    z.looseObject({
      from: z.string(),
      to: z.string(),
      /** How: a picture went in, a mask went in, it was sent again, or it is a later turn of a conversation. */
      as: z.enum(['input', 'mask', 'replay', 'conversation']),
      /** The picture that went from one to the other; null: none did. */
      image: z.string().nullable(),
    }),
  ),
  /** True: there are more around it than are shown. */
  truncated: z.boolean(),
});

export type ImageSearchBody = z.infer<typeof imageSearchBody>;
export type ImageZipBody = z.infer<typeof imageZipBody>;
export type ImageChange = z.infer<typeof imageChange>;
export type ImageTagBody = z.infer<typeof imageTagBody>;
export type ImageDeleteBody = z.infer<typeof imageDeleteBody>;
export type GalleryImage = z.infer<typeof galleryImage>;
export type GalleryPage = z.infer<typeof galleryPage>;
export type ImageDeletion = z.infer<typeof imageDeletion>;
export type ImageFamily = z.infer<typeof imageFamily>;
