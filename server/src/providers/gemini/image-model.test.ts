import { afterAll, beforeAll } from 'vitest';
import { googleKey, openGoogleUpstream } from '../../../tests/upstreams/google-upstream.ts';
import type { ServedUpstream } from '../../../tests/upstreams/serve-upstream.ts';
import { builtInRows } from '../../catalogue/built-in-rows.ts';
import { testImageModel } from '../../models/testing/test-image-model.ts';
import { provider } from './provider.ts';

let upstream: ServedUpstream;
beforeAll(async () => {
  upstream = await openGoogleUpstream();
});
afterAll(() => upstream.close());

testImageModel({
  name: 'gemini',
  rows: builtInRows.filter((row) => row.family === 'gemini'),
  notServed: builtInRows
    .filter((row) => row.vendor !== 'google')
    .map((row) => ({ row, endpoint: row.family === 'text' ? 'responses' : 'images.generations' })),
  open: async () => {
    const variables: Readonly<Record<string, string>> = {
      GEMINI_API_KEY: googleKey,
      PICTOR_GEMINI_BASE_URL: upstream.origin,
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
