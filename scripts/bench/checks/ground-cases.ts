import sharp from 'sharp';
import type { BenchCase, MakeCases } from './bench-case.ts';
import { blur, paintChequers } from './change-pictures.ts';
import { listScenes, things } from './scenes.ts';

const side = 768;

/** Stickers that are clear around their thing, and those that only look so. */
export const transparencyCases: MakeCases = async (studio) => {
  const cases: BenchCase[] = [];
  for (const [at, thing] of [...things, ...things].entries()) {
    const sticker = await studio.draw({ prompt: `a ${thing}`, seed: 500 + at, transparent: true });
    const faults = [
      ['opaque', (bytes: Buffer) => sharp(bytes).flatten({ background: '#fff' }).png().toBuffer()],
      [
        'opaque, with an alpha channel',
        (bytes: Buffer) =>
          sharp(bytes).flatten({ background: '#fff' }).ensureAlpha().png({ palette: false }).toBuffer(),
      ],
      ['painted chequers', paintChequers],
      [
        'nothing but transparency',
        (bytes: Buffer) => sharp(bytes).ensureAlpha().linear([1, 1, 1, 0], [0, 0, 0, 0]).png().toBuffer(),
      ],
    ] as const;
    const [what, spoil] = faults[at % faults.length] ?? faults[0];
    cases.push(
      {
        check: 'transparency',
        what: `a ${thing}`,
        isFaulty: false,
        inputs: { image: await studio.keep(sticker) },
      },
      {
        check: 'transparency',
        what: `a ${thing}: ${what}`,
        isFaulty: true,
        inputs: { image: await studio.keep(await spoil(sticker)) },
      },
    );
  }
  return cases;
};

/** Scenes, single things and words that are there; and pictures on which nothing is. */
export const blankCases: MakeCases = async (studio) => {
  const cases: BenchCase[] = [];
  for (const scene of listScenes(20, 600)) {
    cases.push({
      check: 'blank',
      what: scene.prompt,
      isFaulty: false,
      inputs: { image: await studio.keep(await studio.draw(scene)) },
    });
  }
  for (const thing of things) {
    const sticker = await studio.draw({ prompt: `a ${thing}`, seed: 640, transparent: true });
    cases.push({
      check: 'blank',
      what: `a ${thing} alone`,
      isFaulty: false,
      inputs: { image: await studio.keep(sticker) },
    });
  }
  for (const [at, colour] of ['#ffffff', '#000000', '#7a8b9c', '#fbeedb', '#c0392b'].entries()) {
    for (const [what, make] of Object.entries(blanks)) {
      const image = await studio.keep(await make(colour, at), what === 'grainy' ? 'jpg' : 'png');
      cases.push({ check: 'blank', what: `${what}, ${colour}`, isFaulty: true, inputs: { image } });
    }
  }
  return cases;
};

const plane = (colour: string, channels: 3 | 4 = 3) =>
  sharp({ create: { width: side, height: side, channels, background: colour } });

const blanks: Readonly<Record<string, (colour: string, at: number) => Promise<Buffer>>> = {
  plain: (colour) => plane(colour).png().toBuffer(),
  grainy: async (colour) => {
    const noise = {
      create: {
        width: side,
        height: side,
        channels: 3,
        background: colour,
        noise: { type: 'gaussian', mean: 128, sigma: 6 },
      },
    } as const;
    return await sharp(noise).jpeg({ quality: 80 }).toBuffer();
  },
  gradient: (colour, at) => {
    const stops = `<stop offset="0" stop-color="${colour}"/><stop offset="1" stop-color="#8899${at}0"/>`;
    const drawing = `<svg width="${side}" height="${side}"><linearGradient id="g" x2="1" y2="1">${stops}</linearGradient><rect width="100%" height="100%" fill="url(#g)"/></svg>`;
    return sharp(Buffer.from(drawing)).png().toBuffer();
  },
  transparent: (colour) => plane(colour, 4).linear([1, 1, 1, 0], [0, 0, 0, 0]).png().toBuffer(),
};

/** Scenes as drawn, and out of focus. */
export const sharpnessCases: MakeCases = async (studio) => {
  const cases: BenchCase[] = [];
  for (const [at, scene] of listScenes(20, 700).entries()) {
    const picture = await studio.draw(scene);
    const sigma = 4 + (at % 4) * 2;
    cases.push(
      {
        check: 'sharpness',
        what: scene.prompt,
        isFaulty: false,
        inputs: { image: await studio.keep(picture) },
      },
      {
        check: 'sharpness',
        what: `${scene.prompt}, blurred by ${sigma}`,
        isFaulty: true,
        inputs: { image: await studio.keep(await blur(picture, sigma)) },
      },
    );
  }
  return cases;
};
