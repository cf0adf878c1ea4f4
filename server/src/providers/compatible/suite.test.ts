import { afterAll } from 'vitest';
import { localAiKey, localAiModel, openLocalAiUpstream } from '../../../tests/upstreams/localai-upstream.ts';
import { openSdcppUpstream } from '../../../tests/upstreams/sdcpp-upstream.ts';
import { openSglangUpstream, sglangModel } from '../../../tests/upstreams/sglang-upstream.ts';
import {
  openVllmOmniUpstream,
  vllmOmniKey,
  vllmOmniModel,
} from '../../../tests/upstreams/vllm-omni-upstream.ts';
import { builtInRows } from '../../catalogue/built-in-rows.ts';
import { testImageModel } from '../../models/testing/test-image-model.ts';
import { type EngineText, openCells } from './testing/open-engine.ts';

const upstreams = {
  'vllm-omni': await openVllmOmniUpstream(),
  sglang: await openSglangUpstream(),
  localai: await openLocalAiUpstream(),
  sdcpp: await openSdcppUpstream(),
};
afterAll(async () => {
  await Promise.all(Object.values(upstreams).map((upstream) => upstream.close()));
});

const engines: readonly EngineText[] = [
  {
    name: 'omni',
    dialect: 'vllm-omni',
    base_url: upstreams['vllm-omni'].origin,
    api_key: vllmOmniKey,
    models: [{ id: 'qwen-image', upstream_model: vllmOmniModel }],
  },
  {
    name: 'sgl',
    dialect: 'sglang',
    base_url: `${upstreams.sglang.origin}/v1`,
    models: [{ id: 'flux-dev', upstream_model: sglangModel }],
  },
  {
    name: 'local',
    dialect: 'localai',
    base_url: `${upstreams.localai.origin}/v1/`,
    api_key: localAiKey,
    models: [{ id: localAiModel, size: { sizes: ['512x512'] } }],
  },
  {
    name: 'cpu',
    dialect: 'sdcpp',
    base_url: upstreams.sdcpp.origin,
    models: [{ id: 'flux-schnell' }],
  },
];

for (const engine of engines) {
  const opened = await openCells([engine]);
  const [cell] = opened;
  if (cell === undefined) throw new Error('There is no engine.');
  await cell.close();
  testImageModel({
    name: engine.name,
    rows: cell.models,
    notServed: [
      ...cell.models.map((row) => ({ row, endpoint: 'images.variations' as const })),
      ...builtInRows.slice(0, 3).map((row) => ({ row, endpoint: 'images.generations' as const })),
    ],
    open: async () => {
      const [again = cell] = await openCells([engine]);
      return { model: again.imageModel, close: again.close };
    },
  });
}
