import type { Command } from '../command.ts';
import { CommandError, exitCodes } from '../exit-codes.ts';
import { makePictures, pictureOptions, readBody } from '../make-pictures.ts';
import { readInput } from '../read-files.ts';

export const edit: Command = {
  name: 'edit',
  usage: '"PROMPT" -i FILE [options]',
  summary: 'Changes a picture, or makes one from several.',
  details: ['A mask has the size of the first picture; what is transparent in it may change.'],
  options: {
    image: {
      type: 'string',
      short: 'i',
      value: 'FILE',
      multiple: true,
      help: 'A picture to work from, up to 16; - is standard input.',
    },
    mask: { type: 'string', value: 'FILE', help: 'Where the first picture may change.' },
    ...pictureOptions,
  },
  examples: [
    'pictor edit "The same room in winter" -i room.png -o winter.png',
    'pictor edit "A flamingo in the pool" -i room.png --mask room-mask.png -o flamingo.png',
    'pictor edit "A gift basket with all of these" -i cup.png -i lamp.png -i plant.png -o basket.png',
  ],
  words: [1, 1],
  run: async (values, context) => {
    const names = values.texts('image');
    if (names.length === 0) throw new CommandError('Say which picture to change: -i FILE.', exitCodes.usage);
    const image = await Promise.all(names.map(readInput));
    const mask = values.text('mask');
    const body = { ...readBody(values.positionals[0] ?? '', values), image };
    return await makePictures(
      mask === undefined ? body : { ...body, mask: await readInput(mask) },
      values,
      context,
    );
  },
};
