import type { BenchCase, MakeCases } from './bench-case.ts';
import { lighten, makeMask, recode } from './change-pictures.ts';
import { listScenes } from './scenes.ts';

const side = 768;
const additions = ['a red balloon', 'a bird', 'a star', 'a flower'] as const;

/** Edits that stay within their mask, half of them coded anew with loss; and edits that spill, or shift all colours. */
export const editCases: MakeCases = async (studio) => {
  const cases: BenchCase[] = [];
  for (const [at, scene] of listScenes(20, 300).entries()) {
    const base = await studio.draw(scene);
    const box = { left: 0.15 + (at % 4) * 0.12, top: 0.2 + (at % 3) * 0.15, size: 0.25 };
    const mask = await makeMask(side, box);
    const wider = await makeMask(side, { left: box.left - 0.08, top: box.top - 0.08, size: box.size + 0.16 });
    const wish = { prompt: `add ${additions[at % additions.length]}`, seed: 400 + at };
    const kept = await studio.edit(base, mask, wish);
    const spilt = at % 5 === 4 ? await lighten(kept, 1.2) : await studio.edit(base, wider, wish);
    const given = { reference: await studio.keep(base), mask: await studio.keep(mask) };
    for (const [isFaulty, picture] of [
      [false, kept],
      [true, spilt],
    ] as const) {
      const lossy = at % 2 === 1;
      const image = lossy ? await studio.keep(await recode(picture), 'jpg') : await studio.keep(picture);
      const fault = at % 5 === 4 ? 'lighter everywhere' : 'spills over the mask';
      const what = `${isFaulty ? fault : 'within the mask'}${lossy ? ', as JPEG' : ''}: ${scene.prompt}`;
      cases.push({ check: 'mask_drift', what, isFaulty, inputs: { image, ...given } });
    }
  }
  return cases;
};
