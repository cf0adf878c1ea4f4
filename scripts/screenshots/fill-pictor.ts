import { imageBytes, type Pictor } from '@pictor/sdk';
import { fillEvaluations } from './fill-evaluations.ts';
import { fillPrompts } from './fill-prompts.ts';

/** What was made, for the addresses of pages. */
export type Filled = {
  readonly request: string;
  readonly edit: string;
  readonly image: string;
  readonly prompt: string;
  readonly conversation: string;
  readonly dataset: string;
  readonly evaluation: string;
};

/** A model of an engine that never answers. */
export const deadModel = 'studio-diffusion';

/** Things people ask for: words, model, size. */
const scenes = [
  ['A red fox asleep under a full moon', 'gpt-image-2', '1024x1024'],
  ['A lighthouse at dusk, a storm coming in from the sea', 'gpt-image-2', '1536x1024'],
  ['A beige coffee mug on a wooden table, morning light', 'gpt-image-1.5', '1024x1024'],
  ['A watercolor painting of a garden with a white cat', 'gpt-image-1', '1024x1536'],
  ['A poster for a jazz evening with the words "Blue Note"', 'gpt-image-2', '1024x1536'],
  ['A sunlit indoor lounge with a pool and a flamingo', 'gpt-image-1-mini', '1536x1024'],
  ['A river made of white owl feathers through a winter landscape', 'dall-e-3', '1792x1024'],
  ['A cute baby sea otter', 'dall-e-2', '512x512'],
  ['A cat wearing a top hat, studio portrait', 'sketch-1', '1024x1024'],
  ['A hot air balloon over vineyards in autumn', 'gpt-image-2', '1536x1024'],
  ['A tabby cat hugging an otter with an orange scarf', 'gpt-image-1.5', '1024x1024'],
  ['A bicycle leaning on a yellow wall', 'gpt-image-1-mini', '1024x1024'],
] as const;

/** Fills an empty server with a little of everything, as after some days of work. */
export async function fillPictor(pictor: Pictor): Promise<Filled> {
  await fillSettings(pictor);
  const { request, edit, image } = await fillImages(pictor);
  const prompt = await fillPrompts(pictor);
  const conversation = await talk(pictor);
  return { request, edit, image, prompt, conversation, ...(await fillEvaluations(pictor, prompt)) };
}

async function fillSettings(pictor: Pictor): Promise<void> {
  await pictor.budgets.create({ period: 'month', limit: 200, mode: 'hard' });
  await pictor.budgets.create({ period: 'day', limit: 10, mode: 'soft' });
  await pictor.limits.create({ metric: 'images', per_minute: 120 });
  await pictor.webhooks.create({ url: 'https://hooks.example.com/pictor', events: ['image.failed'] });
  const { data } = await pictor.projects.list();
  const [project] = data;
  if (project !== undefined) await pictor.projects.keys.create(project.id, { name: 'Web shop' });
  await pictor.projects.create({ name: 'Campaign' });
}

async function fillImages(pictor: Pictor): Promise<Pick<Filled, 'request' | 'edit' | 'image'>> {
  for (const [prompt, model, size] of scenes.slice(1)) await pictor.images.generate({ prompt, model, size });
  const [prompt, model, size] = scenes[0];
  const made = await pictor.images.generate({ prompt, model, size, n: 3, quality: 'high' });
  const request = made.pictor?.request ?? '';
  const [first, second] = (await pictor.requests.get(request)).images.map(({ id }) => id);
  const [fox] = made.data;
  const edited = await pictor.images.edit({
    model: 'nano-banana-pro',
    prompt: 'The same fox, wearing a tiny crown',
    image: imageBytes(fox ?? {}),
    size: '1000x1000',
    quality: 'high',
  });
  const { data } = await pictor.gallery.search({ limit: 6 });
  await pictor.gallery.tag({ ids: [first ?? '', second ?? ''], add: ['favourite', 'fox'] });
  await pictor.gallery.tag({ ids: data.map(({ id }) => id), add: ['campaign'] });
  return { request, edit: edited.pictor?.request ?? '', image: first ?? '' };
}

/** The id of a request whose engine could not be reached. The server must know `deadModel`. */
export async function failOnce(pictor: Pictor): Promise<string> {
  const prompt = 'A greenhouse full of tomatoes, seen from above';
  await pictor.images.generate({ prompt, model: deadModel }).catch(() => null);
  const { data } = await pictor.requests.list({ limit: 1 });
  return data[0]?.id ?? '';
}

/** The id of a conversation of three turns. */
async function talk(pictor: Pictor): Promise<string> {
  const conversation = await pictor.conversations.create({ metadata: { title: 'A boat for the cover' } });
  const turns = ['Draw a red boat on a lake', 'Now make it night', 'Add a lantern to the boat'];
  for (const input of turns) {
    await pictor.responses.create({
      model: 'gpt-5.4',
      conversation: conversation.id,
      input,
      tools: [{ type: 'image_generation', size: '1024x1024' }],
    });
  }
  return conversation.id;
}
