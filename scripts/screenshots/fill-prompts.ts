import type { Pictor } from '@pictor/sdk';

const model = {
  provider: 'openai',
  name: 'gpt-image-2',
  api_type: 'images',
  parameters: { size: '1024x1024', quality: 'low' },
} as const;

function template(text: string) {
  return { type: 'completion' as const, content: [{ type: 'text' as const, text }] };
}

/** The id of a prompt with three versions and two labels, which ran some times; others stand beside it. */
export async function fillPrompts(pictor: Pictor): Promise<string> {
  const card = await pictor.prompts.create({
    name: 'card',
    folder: 'brand',
    tags: ['print'],
    template: template('A greeting card with {subject}'),
    model,
    commit_message: 'First words',
    labels: ['live'],
  });
  await pictor.prompts.addVersion(card.id, {
    template: template('A greeting card with {subject}, in watercolour'),
    model,
    commit_message: 'Say the medium',
  });
  await pictor.prompts.addVersion(card.id, {
    template: template('A greeting card with {subject}, in soft watercolour on rough paper, wide margins'),
    model: { ...model, parameters: { size: '1024x1536', quality: 'medium' } },
    commit_message: 'Upright, with room for words',
    labels: ['staging'],
  });
  await pictor.prompts.setLabel(card.id, 'live', { version: 2 });
  await pictor.prompts.create({
    name: 'style',
    folder: 'brand',
    template: template('flat colours, thick outlines, no lettering'),
    commit_message: 'House style',
  });
  await pictor.prompts.create({
    name: 'product-photo',
    folder: 'shop',
    tags: ['shop', 'white background'],
    template: template('{product} on a white background, @@@style@@@'),
    model,
    labels: ['live'],
  });
  for (const subject of ['a snowman', 'a hedgehog with a balloon', 'two robins on a branch']) {
    await pictor.prompts.run(card.id, { label: 'live', variables: { subject } });
  }
  await pictor.prompts.run('product-photo', { label: 'live', variables: { product: 'a blue teapot' } });
  return card.id;
}
