import { afterAll, beforeAll } from 'vitest';
import {
  type OpenAiUpstream,
  openOpenAiUpstream,
  upstreamKey,
} from '../../../tests/upstreams/openai-upstream.ts';
import { builtInRows } from '../../catalogue/built-in-rows.ts';
import { testImageModel } from '../../models/testing/test-image-model.ts';
import { provider } from './provider.ts';

let upstream: OpenAiUpstream;
beforeAll(async () => {
  upstream = await openOpenAiUpstream();
});
afterAll(() => upstream.close());

const families = [
  'dall-e-2',
  'dall-e-3',
  'gpt-image-1',
  'gpt-image-1-mini',
  'gpt-image-2',
  'gpt-image-2.5-flare',
];

testImageModel({
  name: 'openai',
  rows: builtInRows.filter((row) => families.includes(row.id)),
  notServed: builtInRows
    .filter((row) => row.vendor !== 'openai' || row.family === 'text')
    .map((row) => ({ row, endpoint: row.family === 'text' ? 'responses' : 'images.generations' })),
  open: async () => {
    const variables: Readonly<Record<string, string>> = {
      OPENAI_API_KEY: upstreamKey,
      PICTOR_OPENAI_BASE_URL: upstream.baseUrl,
    };
    const [open] = await provider.open({
      variable: (name) => variables[name],
      dataDir: '/nowhere',
      settings: undefined,
    });
    if (open === undefined) throw new Error('The provider is not configured.');
    return { model: open.imageModel, close: open.close };
  },
});
