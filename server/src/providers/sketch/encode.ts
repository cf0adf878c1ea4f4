import type { Sharp } from 'sharp';
import type { Commission } from './commission.ts';

/** Encodes in the format that the commission asks for. */
export async function encode(
  image: Sharp,
  commission: Pick<Commission, 'format' | 'encodeQuality' | 'transparent'>,
): Promise<Uint8Array> {
  const { format, encodeQuality } = commission;
  switch (format) {
    case 'png':
      return image.png({ compressionLevel: 6, adaptiveFiltering: false }).toBuffer();
    case 'jpeg':
      return image
        .flatten({ background: '#ffffff' })
        .jpeg({ quality: encodeQuality, chromaSubsampling: encodeQuality > 80 ? '4:4:4' : '4:2:0' })
        .toBuffer();
    case 'webp':
      return image.webp({ quality: encodeQuality, effort: 2 }).toBuffer();
  }
}
