import { CheckFailure } from '../check-failure.ts';
import type { CheckInput, CheckInputs } from '../image-check.ts';
import { openPicture, type Picture } from './open-picture.ts';

/** What a check works on: its inputs, read when it asks for them. */
export type Material = {
  readonly image: Picture;
  /** Null where it was not given. */
  readonly reference: Picture | null;
  readonly mask: Picture | null;
  readonly others: readonly Picture[];
  readonly expected: string | null;
};

export function openMaterial(inputs: CheckInputs): Material {
  const openMaybe = (path: string | undefined) => (path === undefined ? null : openPicture(path));
  return {
    image: openPicture(inputs.image),
    reference: openMaybe(inputs.reference),
    mask: openMaybe(inputs.mask),
    others: (inputs.others ?? []).map(openPicture),
    expected: inputs.expected ?? null,
  };
}

/** An input that the check requires. Throws `missing_input`. */
export function need<T>(input: T | null, name: CheckInput): T {
  if (input === null)
    throw new CheckFailure('missing_input', `This check needs ${nameOf[name]}, and none is given.`);
  return input;
}

const nameOf: Readonly<Record<CheckInput, string>> = {
  image: 'a picture',
  reference: 'a reference picture',
  mask: 'a mask',
  others: 'the other pictures of the set',
  expected: 'what is expected',
};
