import type { PictureFacts, Wire } from '../../items/item.ts';

export const imageFunctionName = 'image_generation';

/** The image tool as a function, for models that know functions only. */
export const imageFunction: Wire = {
  type: 'function',
  function: {
    name: imageFunctionName,
    description:
      'Makes one picture, or changes pictures of this conversation. Call it once for each picture that is wanted, then tell in a sentence what was made.',
    parameters: {
      type: 'object',
      properties: {
        prompt: {
          type: 'string',
          description: 'What the picture shall show, or what shall change. Complete in itself.',
        },
        action: {
          type: 'string',
          enum: ['generate', 'edit'],
          description: 'edit changes pictures that are there; generate makes a new one.',
        },
        pictures: {
          type: 'array',
          items: { type: 'integer' },
          description: 'Numbers of the pictures to edit, in order. Absent: the newest.',
        },
      },
      required: ['prompt'],
    },
  },
};

/** Pictures of a conversation by the number under which the model knows them, from 1. */
export type Album = {
  readonly add: (picture: PictureFacts) => number;
  readonly find: (number: number) => PictureFacts | undefined;
  /** Pictures that came last: all of one message, or the one that was made. */
  newest: readonly PictureFacts[];
};

export function openAlbum(): Album {
  const pictures: PictureFacts[] = [];
  return {
    newest: [],
    add: (picture) => pictures.push(picture),
    find: (number) => pictures[number - 1],
  };
}
