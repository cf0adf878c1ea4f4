import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import OpenAI from 'openai';
import {
  newDataDir,
  type Pictor,
  removeDataDirs,
  startPictor,
} from '../../server/tests/support/start-pictor.ts';
import { azureKey, openAzureUpstream } from '../../server/tests/upstreams/azure-upstream.ts';
import { googleKey, openGoogleUpstream } from '../../server/tests/upstreams/google-upstream.ts';
import { openOpenAiUpstream, upstreamKey } from '../../server/tests/upstreams/openai-upstream.ts';
import type { Behaviour, ServedUpstream } from '../../server/tests/upstreams/serve-upstream.ts';
import {
  openVllmOmniUpstream,
  vllmOmniKey,
  vllmOmniModel,
} from '../../server/tests/upstreams/vllm-omni-upstream.ts';

/** Node's own fetch gives up after 300 seconds without headers, and after 300 between two pieces of a body. */
const { values } = parseArgs({ options: { seconds: { type: 'string', default: '320' } } });
const waitMs = Number(values.seconds) * 1000;

const late: Readonly<Record<'headers' | 'body', Behaviour>> = {
  headers: { headersAfterMs: waitMs },
  body: { bodyAfterMs: waitMs },
};

type Upstreams = Readonly<Record<'openai' | 'azure' | 'gemini' | 'omni', ServedUpstream>>;

type Trial = {
  readonly provider: keyof Upstreams;
  readonly model: string;
  readonly late: keyof typeof late;
  /** `stream`: previews are asked for, so that the upstream streams. `plain`: nothing keeps the caller's connection alive. */
  readonly way: 'keepalive: body' | 'stream' | 'plain';
};

const trials: readonly Trial[] = [
  { provider: 'openai', model: 'openai/gpt-image-2', late: 'headers', way: 'keepalive: body' },
  { provider: 'openai', model: 'openai/gpt-image-2', late: 'body', way: 'keepalive: body' },
  { provider: 'openai', model: 'openai/gpt-image-2', late: 'headers', way: 'stream' },
  { provider: 'openai', model: 'openai/gpt-image-2', late: 'body', way: 'stream' },
  { provider: 'openai', model: 'openai/gpt-image-2', late: 'headers', way: 'plain' },
  { provider: 'azure', model: 'azure/gpt-image-2', late: 'headers', way: 'keepalive: body' },
  { provider: 'azure', model: 'azure/gpt-image-2', late: 'body', way: 'keepalive: body' },
  { provider: 'gemini', model: 'gemini/gemini-3-pro-image', late: 'headers', way: 'keepalive: body' },
  { provider: 'gemini', model: 'gemini/gemini-3-pro-image', late: 'body', way: 'keepalive: body' },
  { provider: 'omni', model: 'omni/qwen-image', late: 'headers', way: 'keepalive: body' },
  { provider: 'omni', model: 'omni/qwen-image', late: 'body', way: 'keepalive: body' },
];

type Tried = Trial & { readonly outcome: string; readonly seconds: number; readonly engineCalls: number };

const tried = await run();
for (const { provider, late: part, way, outcome, seconds, engineCalls } of tried) {
  const cells = [provider, `${part} late`, way, `${seconds} s`, `${engineCalls} call(s)`, outcome];
  console.log(cells.map((cell) => cell.padEnd(18)).join(''));
}
process.exitCode = tried.every(isGood) ? 0 : 1;

/** Every trial at the same time, so that all of them together take as long as one. */
async function run(): Promise<readonly Tried[]> {
  const upstreams: Upstreams = {
    openai: await openOpenAiUpstream(),
    azure: await openAzureUpstream({ deployments: { 'gpt-image-2': 'gpt-image-2' } }),
    gemini: await openGoogleUpstream(),
    omni: await openVllmOmniUpstream(),
  };
  const pictor = await startPictor(await writeSettings(upstreams));
  try {
    const running: Promise<Tried>[] = [];
    for (const [index, trial] of trials.entries()) {
      const upstream = upstreams[trial.provider];
      upstream.next(late[trial.late]);
      const prompt = `a picture that takes long, ${index}`;
      const before = upstream.calls.length;
      running.push(tryOne(pictor, upstream, trial, prompt));
      // Each has its behaviour only when its call has come.
      while (upstream.calls.length === before) await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return await Promise.all(running);
  } finally {
    await pictor.kill();
    await Promise.all(Object.values(upstreams).map((upstream) => upstream.close()));
    await removeDataDirs();
  }
}

async function writeSettings(upstreams: Upstreams) {
  const dataDir = await newDataDir();
  const file = join(dataDir, 'pictor.yaml');
  await writeFile(
    file,
    `providers:
  compatible:
    - name: omni
      dialect: vllm-omni
      base_url: ${upstreams.omni.origin}
      api_key: $\{OMNI_KEY}
      models: [{ id: qwen-image, upstream_model: ${vllmOmniModel} }]
`,
  );
  return {
    dataDir,
    env: {
      PICTOR_CONFIG: file,
      OMNI_KEY: vllmOmniKey,
      OPENAI_API_KEY: upstreamKey,
      PICTOR_OPENAI_BASE_URL: `${upstreams.openai.origin}/v1`,
      AZURE_OPENAI_ENDPOINT: upstreams.azure.origin,
      AZURE_OPENAI_API_KEY: azureKey,
      GEMINI_API_KEY: googleKey,
      PICTOR_GEMINI_BASE_URL: upstreams.gemini.origin,
    },
  };
}

async function tryOne(
  pictor: Pictor,
  upstream: ServedUpstream,
  trial: Trial,
  prompt: string,
): Promise<Tried> {
  const startMs = performance.now();
  const outcome = await makePicture(pictor, trial, prompt).catch((error: unknown) => String(error));
  const calls = upstream.calls.filter(({ fields }) => JSON.stringify(fields).includes(prompt));
  const drawn = calls.flatMap(({ pictures }) => pictures).at(-1);
  return {
    ...trial,
    outcome: drawn !== undefined && outcome === hashOf(drawn) ? 'the exact picture' : outcome,
    seconds: Math.round((performance.now() - startMs) / 1000),
    engineCalls: calls.length,
  };
}

/** By the official client, whose own patience is longer than its ten minutes only where it repeats. */
async function makePicture(pictor: Pictor, { model, way }: Trial, prompt: string): Promise<string> {
  const client = new OpenAI({ apiKey: pictor.key, baseURL: `${pictor.url}/v1`, maxRetries: 2 });
  if (way === 'stream') {
    const stream = await client.images.generate({ model, prompt, stream: true, partial_images: 1 });
    for await (const event of stream) {
      if (event.type === 'image_generation.completed') return hashOf(Buffer.from(event.b64_json, 'base64'));
    }
    return 'the stream ended without a picture';
  }
  const headers: Record<string, string> = way === 'plain' ? {} : { 'x-pictor-keepalive': 'body' };
  const answer = await client.images.generate({ model, prompt }, { headers });
  return hashOf(Buffer.from(answer.data?.[0]?.b64_json ?? '', 'base64'));
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Made once, however often the caller repeats, and not before its time. */
function isGood({ outcome, engineCalls, seconds }: Tried): boolean {
  return outcome === 'the exact picture' && engineCalls === 1 && seconds * 1000 >= waitMs - 1000;
}
