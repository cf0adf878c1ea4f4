import { z } from 'zod';
import { findCredentials } from '../containers/find-credentials.ts';
import { readBlocks } from '../containers/read-blocks.ts';
import { kind } from './kind.ts';

export const contentCredentials = kind({
  name: 'content_credentials',
  title: 'Content credentials',
  description:
    'Whether the file carries content credentials (C2PA in JUMBF boxes of PNG, JPEG, WebP, AVIF or HEIC). They are found and not verified: whether a signature holds is not looked at.',
  unit: null,
  better: null,
  requires: ['image'],
  accepts: [],
  options: z.strictObject({
    /** Whether they should be there. */
    wanted: z.boolean().default(true),
  }),
  run: async ({ image }, { wanted }) => {
    await image.header();
    const found = findCredentials(readBlocks(await image.bytes()));
    const value = found !== null;
    return { value, passed: value === wanted, evidence: { wanted, ...found } };
  },
});
