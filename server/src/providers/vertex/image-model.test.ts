import { afterAll, beforeAll } from 'vitest';
import { openGoogleUpstream } from '../../../tests/upstreams/google-upstream.ts';
import type { ServedUpstream } from '../../../tests/upstreams/serve-upstream.ts';
import { builtInRows } from '../../catalogue/built-in-rows.ts';
import { testImageModel } from '../../models/testing/test-image-model.ts';
import { provider } from './provider.ts';
import { writeCredentials } from './testing/write-credentials.ts';

let upstream: ServedUpstream;
let credentials: Awaited<ReturnType<typeof writeCredentials>>;
beforeAll(async () => {
  upstream = await openGoogleUpstream();
  credentials = await writeCredentials(upstream.origin);
});
afterAll(async () => {
  await upstream.close();
  await credentials.remove();
});

testImageModel({
  name: 'vertex',
  rows: builtInRows.filter((row) => ['gemini-2.5-flash-image', 'gemini-3-pro-image'].includes(row.id)),
  notServed: builtInRows
    .filter((row) => row.vendor !== 'google')
    .map((row) => ({ row, endpoint: row.family === 'text' ? 'responses' : 'images.generations' })),
  open: async () => {
    const variables: Readonly<Record<string, string>> = {
      GOOGLE_APPLICATION_CREDENTIALS: credentials.path,
      PICTOR_VERTEX_BASE_URL: upstream.origin,
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
