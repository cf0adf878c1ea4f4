import { afterAll, beforeAll } from 'vitest';
import { type AzureUpstream, azureKey, openAzureUpstream } from '../../../tests/upstreams/azure-upstream.ts';
import { builtInRows } from '../../catalogue/built-in-rows.ts';
import type { ModelRow } from '../../models/index.ts';
import { testImageModel } from '../../models/testing/test-image-model.ts';
import { provider } from './provider.ts';
import { rowOf } from './testing/open-subject.ts';

let upstream: AzureUpstream;
beforeAll(async () => {
  upstream = await openAzureUpstream({
    deployments: { 'my-img': 'gpt-image-2', 'gpt-image-1': 'gpt-image-1' },
  });
});
afterAll(() => upstream.close());

/** Azure makes no WebP; that a PNG comes in its place is tested elsewhere. */
function withoutWebp(row: ModelRow): ModelRow {
  return { ...row, outputFormats: row.outputFormats.filter((format) => format !== 'webp') };
}

const notServed = builtInRows
  .filter((row) => row.vendor !== 'openai' || row.family !== 'gpt-image')
  .map((row) => ({ row, endpoint: row.family === 'text' ? 'responses' : 'images.generations' }) as const);

const families = [
  { name: 'azure, v1', path: '/openai/v1', row: 'gpt-image-2' },
  { name: 'azure, deployments', path: '?api-version=2025-04-01-preview', row: 'gpt-image-1' },
];

for (const { name, path, row } of families) {
  testImageModel({
    name,
    rows: [withoutWebp(rowOf(row))],
    notServed,
    open: async () => {
      const variables: Readonly<Record<string, string>> = {
        AZURE_OPENAI_ENDPOINT: `${upstream.origin}${path}`,
        AZURE_OPENAI_API_KEY: azureKey,
        AZURE_OPENAI_DEPLOYMENTS: 'my-img=gpt-image-2,gpt-image-1',
      };
      const [open] = await provider.open({
        variable: (each) => variables[each],
        dataDir: '/nowhere',
        settings: undefined,
      });
      if (open === undefined) throw new Error('The provider is not configured.');
      return { model: open.imageModel, close: open.close };
    },
  });
}
