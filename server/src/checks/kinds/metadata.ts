import { z } from 'zod';
import { findMetadata, firstWords, metadataKinds } from '../containers/find-metadata.ts';
import { readBlocks } from '../containers/read-blocks.ts';
import { kind } from './kind.ts';

export const metadata = kind({
  name: 'metadata',
  title: 'Metadata',
  description:
    'Whether the file carries metadata: EXIF, XMP, IPTC, texts of PNG, comments of JPEG. A colour profile does not count.',
  unit: null,
  better: null,
  requires: ['image'],
  accepts: [],
  options: z.strictObject({
    /** True: it should be there. False: it should not, for pictures that are published. */
    wanted: z.boolean().default(true),
    /** The kinds that count. */
    kinds: z
      .array(z.enum(metadataKinds))
      .min(1)
      .default([...metadataKinds]),
  }),
  run: async ({ image }, { wanted, kinds }) => {
    const { exif, xmp, iptc } = await image.header();
    const inBlocks = findMetadata(readBlocks(await image.bytes()));
    // In AVIF and HEIC they are items of a box, which the image library finds.
    const inHeader = Object.entries({ exif, xmp, iptc }).flatMap(([name, bytes]) =>
      bytes === undefined ? [] : [[name, firstWords(bytes)] as const],
    );
    const found = [...new Map<string, string>([...inHeader, ...inBlocks])].filter(([name]) =>
      kinds.some((counted) => counted === name),
    );
    const value = found.length > 0;
    return { value, passed: value === wanted, evidence: { wanted, found: Object.fromEntries(found) } };
  },
});
