import sharp from 'sharp';
import { addCredentials } from './add-credentials.ts';
import type { BenchCase, MakeCases } from './bench-case.ts';
import { listScenes } from './scenes.ts';

/** What the file itself says: sides, ratio, format, length, metadata, credentials. */
export const fileCases: MakeCases = async (studio) => {
  const cases: BenchCase[] = [];
  for (const [at, scene] of listScenes(20, 1000).entries()) {
    const wide = at % 2 === 0;
    const right = await studio.draw({
      ...scene,
      size: wide ? { width: 768, height: 432 } : { width: 512, height: 768 },
    });
    const wrong = await studio.draw({
      ...scene,
      size: wide ? { width: 768, height: 480 } : { width: 560, height: 740 },
    });
    const expected = wide ? '16:9' : '2:3';
    const [rightPath, wrongPath] = [await studio.keep(right), await studio.keep(wrong)];
    const jpeg = await sharp(right).jpeg({ quality: 90 }).toBuffer();
    const jpegPath = await studio.keep(jpeg, 'png');
    const told = await studio.keep(
      await sharp(right)
        .withExif({ IFD0: { Artist: 'Pictor' } })
        .png()
        .toBuffer(),
    );
    const signed = await studio.keep(addCredentials(at % 2 === 0 ? right : jpeg));
    const pair = (
      check: string,
      sound: string,
      faulty: string,
      more: Partial<BenchCase['inputs']> = {},
      options = {},
    ) => {
      cases.push(
        { check, what: scene.prompt, isFaulty: false, inputs: { image: sound, ...more }, options },
        { check, what: scene.prompt, isFaulty: true, inputs: { image: faulty, ...more }, options },
      );
    };
    pair('ratio', rightPath, wrongPath, { expected });
    if (wide) pair('height', rightPath, wrongPath, { expected: '432' });
    else pair('width', rightPath, wrongPath, { expected: '512' });
    pair('format', rightPath, jpegPath, { expected: 'png' });
    const packed = await studio.keep(await sharp(right).png({ compressionLevel: 0 }).toBuffer());
    pair('byte_count', rightPath, packed, {}, { max: right.length });
    pair('metadata', told, rightPath);
    pair('content_credentials', signed, rightPath);
  }
  return cases;
};
