import sharp from 'sharp';
import type { BenchCase, MakeCases } from './bench-case.ts';
import type { Studio } from './open-studio.ts';
import { things } from './scenes.ts';

const side = 768;
const grounds = ['#ffffff', '#fbeedb', '#22304a', 'transparent'] as const;

/** One to nine things set out on flat ground; the faulty picture has one more or one less than wanted. */
export const countCases: MakeCases = async (studio) => {
  const cases: BenchCase[] = [];
  for (const [at, thing] of [...things, ...things].entries()) {
    const sticker = await studio.draw({ prompt: `a ${thing}`, seed: 200 + at, transparent: true });
    const wanted = 1 + (at % 9);
    const ground = grounds[at % grounds.length] ?? '#ffffff';
    const wrong = at % 2 === 0 ? wanted + 1 : Math.max(1, wanted - 1) === wanted ? wanted + 1 : wanted - 1;
    for (const count of [wanted, wrong]) {
      cases.push({
        check: 'object_count',
        what: `${count} × ${thing} for ${wanted} on ${ground}`,
        isFaulty: count !== wanted,
        inputs: { image: await setOut(studio, sticker, count, ground), expected: String(wanted) },
      });
    }
  }
  return cases;
};

async function setOut(studio: Studio, sticker: Buffer, count: number, ground: string): Promise<string> {
  const across = Math.ceil(Math.sqrt(count));
  const field = Math.floor(side / across);
  const tile = await sharp(sticker)
    .trim()
    .resize(Math.floor(field * 0.72), Math.floor(field * 0.72), { fit: 'inside' })
    .toBuffer({ resolveWithObject: true });
  const places = Array.from({ length: count }, (_, at) => ({
    input: tile.data,
    left: Math.floor((at % across) * field + (field - tile.info.width) / 2),
    top: Math.floor(Math.floor(at / across) * field + (field - tile.info.height) / 2),
  }));
  const background = ground === 'transparent' ? { r: 0, g: 0, b: 0, alpha: 0 } : ground;
  const picture = sharp({ create: { width: side, height: side, channels: 4, background } }).composite(places);
  if (ground === 'transparent') return await studio.keep(await picture.png().toBuffer());
  // As models send it: with the grain of a lossy coding on its flat ground.
  const bytes = await sharp(await picture.png().toBuffer())
    .jpeg({ quality: 88 })
    .toBuffer();
  return await studio.keep(bytes, 'jpg');
}
