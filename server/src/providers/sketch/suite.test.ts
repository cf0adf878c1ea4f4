import { builtInRows } from '../../catalogue/built-in-rows.ts';
import { testImageModel } from '../../models/testing/test-image-model.ts';
import { provider } from './provider.ts';

/** Its own row, and one of each family that it stands in for. */
const standsInFor = ['gpt-image-2', 'gemini-2.5-flash-image'];

testImageModel({
  name: 'sketch',
  rows: [...provider.models, ...builtInRows.filter((row) => standsInFor.includes(row.id))],
  notServed: builtInRows
    .filter((row) => row.family === 'text')
    .map((row) => ({ row, endpoint: 'responses' as const })),
  open: async () => {
    const [open] = await provider.open({
      variable: () => undefined,
      dataDir: '/nowhere',
      settings: undefined,
    });
    if (open === undefined) throw new Error('The provider is not configured.');
    return { model: open.imageModel, close: open.close };
  },
});
