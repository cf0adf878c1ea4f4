import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import type { ImageJob, OpenProvider } from '../server/src/models/index.ts';
import { openLetterer, provider, sketchRow, wrapText } from '../server/src/providers/sketch/index.ts';

/** What the sheet shows: one prompt for everything that the illustrator can do. */
const prompts = [
  "A children's book drawing of a veterinarian using a stethoscope to listen to the heartbeat of a baby otter.",
  'Generate an image of gray tabby cat hugging an otter with an orange scarf',
  'Draw an image of a river made of white owl feathers, snaking its way through a serene winter landscape',
  "Generate a photorealistic image of a gift basket on a white background labeled 'Relax & Unwind' with a ribbon and handwriting-like font",
  'A sunlit indoor lounge area with a pool containing a flamingo',
  'Draw a 2D pixel art style sprite sheet of a tabby gray cat',
  'a beige coffee mug on a wooden table',
  'a sunset over mountains',
  'a cat wearing a top hat',
  'a watercolor painting of a garden',
  'A cute baby sea otter',
  'a white siamese cat',
] as const;

const columns = 4;
const cell = { picture: 420, label: 78, gap: 14 };

await main();

async function main(): Promise<void> {
  const folder = new URL('../sketches/', import.meta.url);
  await mkdir(folder, { recursive: true });
  const [open] = await provider.open({
    variable: () => undefined,
    dataDir: fileURLToPath(folder),
    settings: undefined,
  });
  if (open === undefined) throw new Error('The illustrator did not open.');
  try {
    const pictures: Buffer[] = [];
    for (const [index, prompt] of prompts.entries()) {
      const picture = await drawPrompt(open, prompt);
      const name = `${String(index + 1).padStart(2, '0')}-${prompt
        .toLowerCase()
        .replace(/[^a-z]+/g, '-')
        .slice(0, 48)}.png`;
      await writeFile(new URL(name, folder), picture);
      pictures.push(picture);
      console.log(`sketches/${name}`);
    }
    await writeFile(new URL('contact-sheet.png', folder), await joinPictures(pictures));
    console.log('sketches/contact-sheet.png');
  } finally {
    await open.close();
  }
}

async function drawPrompt(open: OpenProvider, prompt: string): Promise<Buffer> {
  const model = open.imageModel(sketchRow, 'images.generations');
  if (model === null) throw new Error('The illustrator does not draw its own model.');
  const job: ImageJob = {
    kind: 'generate',
    row: sketchRow,
    upstreamModel: sketchRow.id,
    prompt,
    images: [],
    n: 1,
    partialImages: 0,
    passThrough: {},
  };
  const parts: Uint8Array[] = [];
  const context = { requestId: 'contact-sheet', signal: new AbortController().signal };
  for await (const event of model.run(job, context)) {
    if (event.type !== 'image') continue;
    for await (const part of event.bytes.chunks) parts.push(part);
  }
  return Buffer.concat(parts);
}

/** All pictures on one sheet, each above its prompt. */
async function joinPictures(pictures: readonly Buffer[]): Promise<Buffer> {
  const letterer = openLetterer();
  const { picture, label, gap } = cell;
  const width = columns * (picture + gap) + gap;
  const height = Math.ceil(pictures.length / columns) * (picture + label + gap) + gap;
  const corner = (index: number) => ({
    left: gap + (index % columns) * (picture + gap),
    top: gap + Math.floor(index / columns) * (picture + label + gap),
  });
  const lines = prompts.flatMap((prompt, index) => {
    const { left, top } = corner(index);
    return wrapText(prompt, 46, 400)
      .slice(0, 3)
      .map((text, line) =>
        letterer.line(
          text,
          { x: left + picture / 2, y: top + picture + 16 + line * 22, height: 19, maxWidth: picture },
          { fill: '#3a3340' },
        ),
      );
  });
  const lettering = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${lines.join('')}</svg>`;
  const tiles = pictures.map(async (bytes, index) => ({
    ...corner(index),
    input: await sharp(bytes).resize(picture, picture, { fit: 'contain', background: '#f4f1ea' }).toBuffer(),
  }));
  return sharp({ create: { width, height, channels: 3, background: '#fffdf8' } })
    .composite([...(await Promise.all(tiles)), { input: Buffer.from(lettering), left: 0, top: 0 }])
    .png()
    .toBuffer();
}
