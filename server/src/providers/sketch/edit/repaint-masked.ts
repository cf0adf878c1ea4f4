import { composeScene } from '../compose/compose-scene.ts';
import { drawScene } from '../draw/draw-scene.ts';
import { copyPixels, type Pixels } from '../effects/pixels.ts';
import type { FullWorkshop } from '../open-workshop.ts';
import { rasterise } from '../rasterise.ts';
import type { Reading } from '../read-prompt/reading.ts';
import { fillFromAround } from './fill-from-around.ts';

type Task = {
  readonly base: Pixels;
  readonly mask: Pixels;
  readonly reading: Reading;
  readonly prompt: string;
  readonly seed: string;
  readonly workshop: FullWorkshop;
};

type Box = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

/** Draws what the prompt names where the mask is clear. Every pixel under an opaque mask stays exactly as it was. */
export async function repaintMasked(task: Task): Promise<Pixels> {
  const { base } = task;
  const open = readOpening(task.mask, base);
  const box = boxOf(open, base);
  if (box === null) return base;
  const ground = fillFromAround(base, open);
  const part = /\b(remove|erase|delete|clear away|get rid)\b/i.test(task.prompt)
    ? null
    : await drawPart(task, box);
  const out = copyPixels(base);
  for (let y = box.top; y < box.top + box.height; y += 1) {
    for (let x = box.left; x < box.left + box.width; x += 1) {
      const pixel = y * base.width + x;
      const share = (open[pixel] ?? 0) / 255;
      if (share === 0) continue;
      const from = part === null ? -1 : ((y - box.top) * box.width + (x - box.left)) * 4;
      const alpha = part === null ? 0 : (part.data[from + 3] ?? 0) / 255;
      for (let channel = 0; channel < 3; channel += 1) {
        const fresh =
          (ground.data[pixel * 4 + channel] ?? 0) * (1 - alpha) + (part?.data[from + channel] ?? 0) * alpha;
        out.data[pixel * 4 + channel] = Math.round(
          (base.data[pixel * 4 + channel] ?? 0) * (1 - share) + fresh * share,
        );
      }
      out.data[pixel * 4 + 3] = Math.max(base.data[pixel * 4 + 3] ?? 255, Math.round(255 * share));
    }
  }
  return out;
}

/** How clear the mask is over each pixel of the base, 0 to 255; a mask of another size is stretched. */
function readOpening(mask: Pixels, base: Pixels): Uint8Array {
  const open = new Uint8Array(base.width * base.height);
  for (let y = 0; y < base.height; y += 1) {
    const my = Math.min(mask.height - 1, Math.floor((y * mask.height) / base.height));
    for (let x = 0; x < base.width; x += 1) {
      const mx = Math.min(mask.width - 1, Math.floor((x * mask.width) / base.width));
      open[y * base.width + x] = 255 - (mask.data[(my * mask.width + mx) * 4 + 3] ?? 255);
    }
  }
  return open;
}

function boxOf(open: Uint8Array, { width, height }: Pixels): Box | null {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let pixel = 0; pixel < open.length; pixel += 1) {
    if ((open[pixel] ?? 0) < 128) continue;
    const x = pixel % width;
    const y = (pixel / width) | 0;
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return right < 0 ? null : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** The named things for the box of the mask; a place without things fills it; nothing understood leaves only the ground. */
async function drawPart({ reading, seed, workshop }: Task, box: Box): Promise<Pixels | null> {
  const bodies = reading.things.filter((thing) => thing.realm !== 'feature');
  const onlyPlace =
    bodies.length === 0 &&
    (reading.place !== undefined || reading.time !== undefined || reading.things.length > 0);
  if (
    bodies.length === 0 &&
    !onlyPlace &&
    reading.lettering.length === 0 &&
    reading.unknownWords.length === 0
  )
    return null;
  const wet =
    reading.things.some((thing) => thing.realm === 'feature') ||
    reading.place === 'lake' ||
    reading.place === 'sea';
  const sub: Reading = onlyPlace
    ? reading
    : {
        ...reading,
        place: reading.place === 'sea' || reading.place === 'lake' ? reading.place : 'studio',
        relations: reading.relations,
      };
  const plan = composeScene(sub, {
    pixelWidth: box.width,
    pixelHeight: box.height,
    transparent: !onlyPlace,
    seed: `${seed}/mask`,
  });
  const actors = plan.actors.map((actor) => ({
    ...actor,
    x: plan.width / 2 + (actor.x - plan.width / 2) * 0.9,
    y: plan.height / 2 + (actor.y - plan.height / 2) * 0.9,
    height: actor.height * 0.9,
    shadow: actor.shadow === 'none' ? ('none' as const) : wet ? ('water' as const) : actor.shadow,
  }));
  const drawing = drawScene({ ...plan, actors, castShadows: true }, workshop, `${seed}/mask`, 1);
  return rasterise(drawing.backdrop + drawing.figures, plan, box.width, box.height);
}
