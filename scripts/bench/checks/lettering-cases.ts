import type { BenchCase, MakeCases } from './bench-case.ts';
import { slips } from './scenes.ts';

const grounds = [
  (text: string) => `the words '${text}'`,
  (text: string) => `a fox in a forest, title '${text}'`,
] as const;

/** Every lettering on a card and in a scene, right and with a slip. */
export const letteringCases: MakeCases = async (studio) => {
  const cases: BenchCase[] = [];
  for (const [at, [right, wrong]] of slips.entries()) {
    for (const [place, ground] of grounds.entries()) {
      const seed = 100 + at * 2 + place;
      for (const text of [right, wrong]) {
        cases.push({
          check: 'text',
          what: `${text}${text === right ? '' : ` for ${right}`}, ${place === 0 ? 'on a card' : 'in a scene'}`,
          isFaulty: text !== right,
          inputs: {
            image: await studio.keep(await studio.draw({ prompt: ground(text), seed })),
            expected: right,
          },
        });
      }
    }
  }
  return cases;
};
