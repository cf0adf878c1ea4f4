import { stat } from 'node:fs/promises';
import sharp, { type Metadata } from 'sharp';
import { CheckFailure } from '../check-failure.ts';
import type { CheckInput, CheckInputs } from '../image-check.ts';

/** More are not decoded; as many as the Images API takes in. */
const maxPixels = 100_000_000;

/** What a check works on: its inputs, read when it asks for them. */
export type Material = {
  readonly image: Picture;
  /** Each throws `missing_input` where it was not given. */
  readonly reference: () => Picture;
  readonly mask: () => Picture;
  readonly others: () => readonly Picture[];
  /** Null where it was not given. */
  readonly expected: string | null;
  readonly has: (input: CheckInput) => boolean;
};

export type Picture = {
  readonly path: string;
  readonly byteCount: () => Promise<number>;
  /** From the header; width and height as it is displayed, turned by its orientation. */
  readonly header: () => Promise<Metadata>;
};

export function openMaterial(inputs: CheckInputs): Material {
  const need = (input: 'reference' | 'mask'): Picture => {
    const path = inputs[input];
    if (path === undefined) throw new CheckFailure('missing_input', `A ${input} is needed.`);
    return openPicture(path);
  };
  return {
    image: openPicture(inputs.image),
    reference: () => need('reference'),
    mask: () => need('mask'),
    others: () => (inputs.others ?? []).map(openPicture),
    expected: inputs.expected ?? null,
    has: (input) => inputs[input] !== undefined,
  };
}

function openPicture(path: string): Picture {
  const open = () => sharp(path, { limitInputPixels: maxPixels, failOn: 'error' });
  return {
    path,
    byteCount: () => readable(async () => (await stat(path)).size),
    header: () => readable(async () => await open().metadata()),
  };
}

async function readable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch {
    throw new CheckFailure('unreadable_image', 'The picture is missing, damaged, or has too many pixels.');
  }
}
