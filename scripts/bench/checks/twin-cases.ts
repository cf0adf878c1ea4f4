import type { BenchCase, MakeCases } from './bench-case.ts';
import { lighten, packAnew, recode, scale, stamp, tint } from './change-pictures.ts';
import { listScenes } from './scenes.ts';

const touches = [
  ['coded anew', (bytes: Buffer) => recode(bytes, 60)],
  ['scaled', (bytes: Buffer) => scale(bytes, 0.5)],
  ['a little lighter', (bytes: Buffer) => lighten(bytes, 1.05)],
  ['with a mark in its corner', stamp],
] as const;

/** Every scene among all others, twenty drawn once and twenty drawn again with another seed; faulty: a touched copy of it is there too. */
export const duplicateCases: MakeCases = async (studio) => {
  const drawn: { prompt: string; bytes: Buffer; path: string }[] = [];
  for (const scene of [...listScenes(20, 800), ...listScenes(20, 850)]) {
    const bytes = await studio.draw(scene);
    drawn.push({ prompt: scene.prompt, bytes, path: await studio.keep(bytes) });
  }
  const cases: BenchCase[] = [];
  for (const [at, { prompt, bytes, path }] of drawn.slice(0, 20).entries()) {
    const others = drawn.filter((_, place) => place !== at).map((other) => other.path);
    const [touch, change] = touches[at % touches.length] ?? touches[0];
    const near = await studio.keep(await change(bytes));
    const same = await studio.keep(await packAnew(bytes));
    for (const check of ['exact_duplicate', 'near_duplicate']) {
      cases.push({ check, what: prompt, isFaulty: false, inputs: { image: path, others } });
    }
    cases.push(
      {
        check: 'near_duplicate',
        what: `${prompt}, ${touch}`,
        isFaulty: true,
        inputs: { image: path, others: [...others, near] },
      },
      {
        check: 'exact_duplicate',
        what: `${prompt}, packed anew`,
        isFaulty: true,
        inputs: { image: path, others: [...others, same] },
      },
      {
        check: 'exact_duplicate',
        what: `${prompt}, ${touch}`,
        isFaulty: false,
        inputs: { image: path, others: [...others, near] },
      },
    );
  }
  return cases;
};

/** Against a reference: the same coded anew; another drawing of the same words; the same with its colours turned. */
export const referenceCases: MakeCases = async (studio) => {
  const cases: BenchCase[] = [];
  for (const [at, scene] of listScenes(20, 900).entries()) {
    const bytes = await studio.draw(scene);
    const given = { reference: await studio.keep(bytes) };
    const sound = { ...given, image: await studio.keep(await recode(bytes, 70), 'jpg') };
    const other = {
      ...given,
      image: await studio.keep(await studio.draw({ ...scene, seed: scene.seed + 50 })),
    };
    const turned = { ...given, image: await studio.keep(await tint(bytes, 60 + (at % 4) * 40)) };
    for (const check of ['similarity', 'colour_distance', 'palette_distance']) {
      cases.push({ check, what: `${scene.prompt}, coded anew`, isFaulty: false, inputs: sound });
    }
    cases.push(
      { check: 'similarity', what: `${scene.prompt}, another one`, isFaulty: true, inputs: other },
      { check: 'colour_distance', what: `${scene.prompt}, colours turned`, isFaulty: true, inputs: turned },
      { check: 'palette_distance', what: `${scene.prompt}, colours turned`, isFaulty: true, inputs: turned },
    );
  }
  return cases;
};
