import { type Answered, askModel, type Question } from './ask-model.ts';
import type { JudgeContext, Judged } from './judge.ts';
import { type JudgeParts, type readHow, toJudged } from './judge-parts.ts';

/** Asks one question, unless it was answered before. `key` names what is asked. Throws what asking throws. */
export async function askOnce<Answer>(
  parts: JudgeParts,
  question: Question<Answer> & { readonly key: string },
  { how, model, modelId }: ReturnType<typeof readHow>,
  context: JudgeContext,
): Promise<Judged & { readonly answer: Answer }> {
  const { key } = question;
  return await parts.verdicts.inTurn(`${context.projectId} ${key}`, async () => {
    const known = (await parts.verdicts.find(context.projectId, [key])).get(key);
    const remembered = known === undefined ? null : question.answer.safeParse(known.value);
    if (known !== undefined && remembered?.success === true) {
      return { ...toJudged(modelId, [], [known]), answer: remembered.data };
    }
    const answered: Answered<Answer> = await askModel(question, model, how, context);
    const { answer, responseId } = answered;
    await parts.verdicts.keep(context.projectId, modelId, [{ key, responseId, value: answer }]);
    return { ...toJudged(modelId, [answered], []), answer };
  });
}
