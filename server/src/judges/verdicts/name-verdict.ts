import { createHash } from 'node:crypto';
import type { JudgeOptions, JudgePicture } from '../judge.ts';
import { defaultLongestSide } from '../prepare-picture.ts';

/** Changes when questions are put in another way, so that older verdicts are not taken for answers to the new ones. */
const wording = 1;

/** The name of a verdict: equal for the same pictures, question, model and way of looking. */
export function nameVerdict(
  model: string,
  options: JudgeOptions,
  groups: readonly (readonly JudgePicture[])[],
  question: readonly unknown[],
): string {
  const { format = 'auto', longestSide = defaultLongestSide } = options;
  const pictures = groups.map((group) => group.map(({ hash }) => hash));
  const facts = JSON.stringify([wording, model, longestSide, format, pictures, question]);
  return createHash('sha256').update(facts).digest('hex');
}
