import { createOpenAI } from '@ai-sdk/openai';
import { Agent, imageGenerationTool, OpenAIProvider, Runner, tool } from '@openai/agents';
import { generateText, streamText } from 'ai';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';
import { type OpenAiUpstream, openOpenAiUpstream, upstreamKey } from './upstreams/openai-upstream.ts';

let upstream: OpenAiUpstream;
let offline: Pictor;
let forwarding: Pictor;

beforeAll(async () => {
  upstream = await openOpenAiUpstream();
  offline = await startPictor();
  const env = { OPENAI_API_KEY: upstreamKey, PICTOR_OPENAI_BASE_URL: upstream.baseUrl };
  forwarding = await startPictor({ env });
});
afterAll(async () => {
  await Promise.all([offline.stop(), forwarding.stop()]);
  await upstream.close();
  await removeDataDirs();
});

const servers = { 'the offline director': () => offline, OpenAI: () => forwarding } as const;
const names = Object.keys(servers) as (keyof typeof servers)[];

async function edgeOf(base64: string): Promise<string> {
  const { width, height } = await sharp(Buffer.from(base64, 'base64')).metadata();
  return `${width}x${height}`;
}

describe.each(names)('@openai/agents with %s', (name) => {
  const runner = (): Runner =>
    new Runner({
      modelProvider: new OpenAIProvider({ openAIClient: servers[name]().client(), useResponses: true }),
      tracingDisabled: true,
    });
  const illustrator = new Agent({
    name: 'Illustrator',
    instructions: 'You draw.',
    model: 'gpt-5.4',
    tools: [imageGenerationTool({ size: '1024x1024', quality: 'low' })],
  });

  /** The pictures of a run, as its caller finds them. */
  function picturesOf(items: readonly { readonly rawItem?: unknown }[]): string[] {
    return items.flatMap(({ rawItem }) => {
      const item = rawItem as { type?: string; name?: string; output?: string };
      return item.type === 'hosted_tool_call' && item.name === 'image_generation_call'
        ? [item.output ?? '']
        : [];
    });
  }

  test('draws, and goes on with its own history', async () => {
    const first = await runner().run(illustrator, 'Draw a cat');
    const [cat] = picturesOf(first.newItems);
    expect(await edgeOf(cat ?? '')).toBe('1024x1024');
    expect(first.finalOutput).toMatch(/./);
    const second = await runner().run(illustrator, [
      ...first.history,
      { role: 'user', content: 'Now make it red' },
    ]);
    const [red] = picturesOf(second.newItems);
    expect(await edgeOf(red ?? '')).toBe('1024x1024');
    expect(red).not.toBe(cat);
  });

  test('goes on with a response, as a stream', async () => {
    const first = await runner().run(illustrator, 'Draw a dog');
    const previousResponseId = first.lastResponseId;
    expect(previousResponseId).toMatch(/^resp_/);
    const stream = await runner().run(illustrator, 'Now make it red', {
      stream: true,
      ...(previousResponseId === undefined ? {} : { previousResponseId }),
    });
    for await (const _event of stream) {
      // The stream is read to its end.
    }
    await stream.completed;
    expect(picturesOf(stream.newItems)).toHaveLength(1);
  });
});

test('@openai/agents runs a function of its own beside the tool', async () => {
  const asked: string[] = [];
  const weather = tool({
    name: 'get_weather',
    description: 'The weather of a city',
    parameters: z.object({ city: z.string() }),
    execute: async ({ city }) => {
      asked.push(city);
      return 'sunny';
    },
  });
  const agent = new Agent({
    name: 'Reporter',
    model: 'sketch-director-1',
    tools: [weather, imageGenerationTool()],
  });
  const modelProvider = new OpenAIProvider({ openAIClient: offline.client(), useResponses: true });
  const result = await new Runner({ modelProvider, tracingDisabled: true }).run(
    agent,
    'How is the weather in Paris?',
  );
  expect(asked).toHaveLength(1);
  expect(result.finalOutput).toContain('sunny');
});

describe.each(names)('the AI SDK with %s', (name) => {
  const provider = () => {
    const pictor = servers[name]();
    return createOpenAI({ baseURL: `${pictor.url}/v1`, apiKey: pictor.key });
  };

  test('generates a picture', async () => {
    const openai = provider();
    const result = await generateText({
      model: openai.responses('gpt-5.4'),
      prompt: 'Draw a cat',
      tools: { image_generation: openai.tools.imageGeneration({ size: '1024x1024', quality: 'low' }) },
    });
    const [picture] = result.toolResults;
    expect(picture).toMatchObject({ toolName: 'image_generation', output: { result: expect.any(String) } });
    const output = picture?.output as { result: string } | undefined;
    expect(await edgeOf(output?.result ?? '')).toBe('1024x1024');
    expect(result.text).toMatch(/./);
  });

  test('streams a picture with previews', async () => {
    const openai = provider();
    const result = streamText({
      model: openai.responses('gpt-5.4'),
      prompt: 'Draw a cat',
      tools: { image_generation: openai.tools.imageGeneration({ partialImages: 2, quality: 'low' }) },
    });
    const results: { readonly output: unknown }[] = [];
    for await (const part of result.fullStream) {
      expect(part.type).not.toBe('error');
      if (part.type === 'tool-result') results.push(part);
    }
    expect(results.map(({ output }) => output)).toMatchObject(
      Array.from({ length: 3 }, () => ({ result: expect.any(String) })),
    );
    expect(new Set(results.map(({ output }) => JSON.stringify(output))).size).toBe(3);
  });
});
