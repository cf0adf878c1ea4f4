import type { Pictor } from '@pictor/sdk';

const subjects = ['a snowman', 'a hedgehog', 'two robins', 'a candle', 'a steam train', 'a lighthouse'];

/** A dataset of subjects, published, and an evaluation of a prompt with a run over it. */
export async function fillEvaluations(
  pictor: Pictor,
  prompt: string,
): Promise<{ readonly dataset: string; readonly evaluation: string }> {
  const dataset = await pictor.datasets.create({
    name: 'Card subjects',
    description: 'What people want on cards',
  });
  await pictor.datasets.addRows(
    dataset.id,
    subjects.map((subject) => ({ subject })),
  );
  await pictor.datasets.publish(dataset.id, 'The first six');
  const evaluation = await pictor.evaluations.create({
    name: 'Cards keep their format',
    dataset: dataset.id,
    columns: [
      { name: 'Card', type: 'prompt_template', config: { prompt, label: 'live' } },
      { name: 'Not blank', type: 'check', config: { check: 'blank', image: '{Card}' } },
      {
        name: 'Square',
        type: 'check',
        config: { check: 'ratio', image: '{Card}', options: { equals: '1:1' } },
      },
    ],
  });
  const run = await pictor.evaluations.run(evaluation.id, { name: 'live, version 2' });
  await pictor.evaluations.runs.wait(run.id);
  return { dataset: dataset.id, evaluation: evaluation.id };
}
