import type { Command } from '../command.ts';
import { makePictures, pictureOptions, readBody } from '../make-pictures.ts';

export const generate: Command = {
  name: 'generate',
  usage: '"PROMPT" [options]',
  summary: 'Makes pictures from words.',
  options: pictureOptions,
  examples: [
    'pictor generate "An otter on a skateboard" -o otter.png',
    'pictor generate "A poster for a jazz night" -m gpt-image-2 -s 1024x1536 -q high -o poster.webp',
    'pictor generate "Four tea cups" -n 4 -t shop -o cup.png --json',
    'pictor generate "A map" -o - | lp',
  ],
  words: [1, 1],
  run: async (values, context) =>
    await makePictures(readBody(values.positionals[0] ?? '', values), values, context),
};
