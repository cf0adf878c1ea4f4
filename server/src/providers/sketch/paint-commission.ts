import type { Commission, Drawing } from './commission.ts';
import { composeScene } from './compose/compose-scene.ts';
import type { ScenePlan } from './compose/scene-plan.ts';
import { drawScene } from './draw/draw-scene.ts';
import { editPicture } from './edit/edit-picture.ts';
import { varyPicture } from './edit/vary-picture.ts';
import { applyStyles, pixelArtCells } from './effects/apply-styles.ts';
import { toPhoto } from './effects/colour-styles.ts';
import { toPixelArt } from './effects/line-styles.ts';
import { blurred, eachPixel, fromPixels, isOpaque, type Pixels } from './effects/pixels.ts';
import { encode } from './encode.ts';
import type { FullWorkshop } from './open-workshop.ts';
import { openSvg, rasterise, wrapSvg } from './rasterise.ts';
import { readPrompt } from './read-prompt/read-prompt.ts';

/** Draws one commission to encoded bytes. The same commission gives the same bytes. */
export async function paintCommission(commission: Commission, workshop: FullWorkshop): Promise<Drawing> {
  const { kind, finish } = commission;
  if (kind === 'generate' || commission.images.length === 0) {
    const reading = readPrompt(commission.prompt, workshop.vocabulary, workshop.icons.characters);
    const plan = composeScene(reading, {
      pixelWidth: commission.width,
      pixelHeight: commission.height,
      transparent: commission.transparent,
      seed: commission.seed,
    });
    const bytes = await paintPlan(plan, commission, workshop);
    return { bytes, caption: plan.caption, opaque: !commission.transparent };
  }
  const { pixels, caption } =
    kind === 'edit' ? await editPicture(commission, workshop) : await varyPicture(commission);
  const shown = finish < 1 ? await unfinished(pixels, finish, commission) : pixels;
  const whole = fromPixels(shown);
  const bytes = await encode(
    commission.flatten ? whole.flatten({ background: '#ffffff' }) : whole,
    commission,
  );
  const opaque = commission.flatten || commission.format === 'jpeg' || isOpaque(shown);
  return { bytes, caption, opaque };
}

async function paintPlan(
  plan: ScenePlan,
  commission: Commission,
  workshop: FullWorkshop,
): Promise<Uint8Array> {
  const { width, height, finish, seed, detail } = commission;
  const drawing = drawScene(plan, workshop, seed, detail);
  const content =
    finish <= 0.34 && plan.backdrop !== null ? drawing.backdrop : drawing.backdrop + drawing.figures;
  if (plan.styles.length === 0 && finish >= 1)
    return encode(openSvg(wrapSvg(content, plan, width, height)), commission);
  const pixels = await paintStyled(plan, { ...drawing, content }, commission);
  return encode(fromPixels(finish < 1 ? await unfinished(pixels, finish, commission) : pixels), commission);
}

async function paintStyled(
  plan: ScenePlan,
  drawing: { backdrop: string; figures: string; content: string },
  commission: Commission,
): Promise<Pixels> {
  const { width, height, seed, finish } = commission;
  const unit = Math.min(width, height) / 1024;
  const context = { seed, unit };
  if (plan.styles.includes('pixel')) {
    const cells = plan.kind === 'sprites' ? 256 : pixelArtCells;
    const share = Math.min(1, cells / Math.min(width, height));
    const small = await rasterise(
      drawing.content,
      plan,
      Math.max(1, Math.round(width * share)),
      Math.max(1, Math.round(height * share)),
    );
    return applyStyles(
      await toPixelArt(small, width, height),
      plan.styles.filter((style) => style !== 'pixel' && style !== 'photo'),
      context,
    );
  }
  const others = plan.styles.filter((style) => style !== 'photo');
  if (plan.styles.includes('photo') && others.length === 0 && finish > 0.34) {
    const backdrop = await rasterise(drawing.backdrop, plan, width, height);
    const figures = await rasterise(drawing.figures, plan, width, height);
    return toPhoto(
      backdrop,
      figures,
      context,
      plan.backdrop !== null,
      plan.backdrop?.colour === undefined ? 0.3 : 0.06,
    );
  }
  return applyStyles(await rasterise(drawing.content, plan, width, height), others, context);
}

/** A picture that is not done yet: pale and soft, the more so the earlier. */
async function unfinished(pixels: Pixels, finish: number, { width, height }: Commission): Promise<Pixels> {
  const left = 1 - finish;
  const soft = await blurred(pixels, left * 16 * (Math.min(width, height) / 1024));
  eachPixel(soft, (red, green, blue) => {
    const pale = (value: number) => value + (250 - value) * left * 0.62;
    return [pale(red), pale(green), pale(blue)];
  });
  return soft;
}
