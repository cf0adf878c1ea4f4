import type { Commission } from '../commission.ts';
import { composeScene } from '../compose/compose-scene.ts';
import type { ScenePlan } from '../compose/scene-plan.ts';
import { drawScene } from '../draw/draw-scene.ts';
import { applyStyles } from '../effects/apply-styles.ts';
import { fromPixels, type Pixels, toPixels } from '../effects/pixels.ts';
import type { FullWorkshop } from '../open-workshop.ts';
import { rasterise } from '../rasterise.ts';
import { readPrompt } from '../read-prompt/read-prompt.ts';
import type { Reading } from '../read-prompt/reading.ts';
import { addThings } from './add-things.ts';
import { changeWhole } from './change-whole.ts';
import { cutOut } from './cut-out.ts';
import { openPicture } from './open-picture.ts';
import { repaintMasked } from './repaint-masked.ts';

export type Edited = { readonly pixels: Pixels; readonly caption: string };

/** Edits the sent pictures as the prompt says; the result has the commission's size. */
export async function editPicture(commission: Commission, workshop: FullWorkshop): Promise<Edited> {
  const { prompt, images, mask, seed } = commission;
  const reading = readPrompt(prompt, workshop.vocabulary, workshop.icons.characters);
  const [first, ...others] = images;
  if (first === undefined) throw new RangeError('An edit needs a picture.');
  if (mask !== null) {
    const base = await openPicture(first);
    const done = await repaintMasked({
      base,
      mask: await openPicture(mask),
      reading,
      prompt,
      seed,
      workshop,
    });
    return { pixels: await fitTo(done, commission), caption: 'The picture with its masked part drawn anew.' };
  }
  const moves =
    reading.place !== undefined &&
    !/\b(background blur|blur)\b/i.test(prompt) &&
    reading.things.length === 0 &&
    isMove(prompt);
  if (others.length > 0 || moves) return composePictures(commission, reading, workshop);
  const base = await fitTo(await openPicture(first), commission);
  const changed = await changeWhole(base, { reading, prompt, seed });
  return {
    pixels: await addThings(changed, { reading, prompt, seed, workshop, alone: changed === base }),
    caption: 'The picture with the changes that were asked for.',
  };
}

/** `put it on a beach` moves the picture into a scene; `make it winter` changes the picture itself. */
function isMove(prompt: string): boolean {
  return /\b(put|place|move|set|background|in front of|send|on a|in a|at the|in the)\b/i.test(prompt);
}

async function composePictures(
  commission: Commission,
  reading: Reading,
  workshop: FullWorkshop,
): Promise<Edited> {
  const { width, height, seed, detail, images, transparent } = commission;
  const pictures = [];
  for (const image of images) pictures.push(await cutOut(image));
  const plan: ScenePlan = composeScene(reading, {
    pixelWidth: width,
    pixelHeight: height,
    transparent,
    seed,
    pictures,
  });
  const drawing = drawScene(plan, workshop, seed, detail);
  const pixels = await rasterise(drawing.backdrop + drawing.figures, plan, width, height);
  const styles = plan.styles.filter((style) => style !== 'photo');
  return {
    pixels: await applyStyles(pixels, styles, { seed, unit: Math.min(width, height) / 1024 }),
    caption: plan.caption,
  };
}

/** Brings a picture to the wanted size; another shape is cropped around its middle. */
async function fitTo(
  pixels: Pixels,
  { width, height }: Pick<Commission, 'width' | 'height'>,
): Promise<Pixels> {
  if (pixels.width === width && pixels.height === height) return pixels;
  const change = (pixels.width / pixels.height) * (height / width);
  const fit = change > 0.97 && change < 1.03 ? 'fill' : 'cover';
  return toPixels(fromPixels(pixels).resize(width, height, { fit }));
}
