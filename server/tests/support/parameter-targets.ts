import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeCredentials } from '../../src/providers/vertex/testing/write-credentials.ts';
import { azureKey, openAzureUpstream } from '../upstreams/azure-upstream.ts';
import { googleKey, openGoogleUpstream } from '../upstreams/google-upstream.ts';
import { localAiKey, localAiModel, openLocalAiUpstream } from '../upstreams/localai-upstream.ts';
import { openOpenAiUpstream, upstreamKey } from '../upstreams/openai-upstream.ts';
import { openSdcppUpstream } from '../upstreams/sdcpp-upstream.ts';
import type { ServedUpstream } from '../upstreams/serve-upstream.ts';
import { openSglangUpstream } from '../upstreams/sglang-upstream.ts';
import { openVllmOmniUpstream, vllmOmniKey, vllmOmniModel } from '../upstreams/vllm-omni-upstream.ts';
import { newDataDir, type Pictor, startPictor } from './start-pictor.ts';

/** One column of the table: a model behind one provider, with an upstream that nobody else calls. */
export type Target = {
  readonly model: string;
  /** Null: Pictor draws itself. */
  readonly upstream: ServedUpstream | null;
  /** Sent with every request: what the engine would otherwise choose by chance. */
  readonly always?: Readonly<Record<string, unknown>>;
};

export type TargetName = keyof Awaited<ReturnType<typeof openUpstreams>>;

export type ParameterTargets = {
  readonly pictor: Pictor;
  readonly targets: Readonly<Record<TargetName, Target>>;
  readonly close: () => Promise<void>;
};

/** One Pictor with every provider behind it. */
export async function openParameterTargets(): Promise<ParameterTargets> {
  const upstreams = await openUpstreams();
  const credentials = await writeCredentials(upstreams.vertex.origin);
  const dataDir = await newDataDir();
  const config = join(dataDir, 'pictor.yaml');
  await writeFile(config, writeConfig(upstreams));
  const pictor = await startPictor({
    dataDir,
    env: {
      PICTOR_CONFIG: config,
      OPENAI_KEY: upstreamKey,
      AZURE_KEY: azureKey,
      OMNI_KEY: vllmOmniKey,
      LOCAL_KEY: localAiKey,
      GEMINI_API_KEY: googleKey,
      PICTOR_GEMINI_BASE_URL: upstreams.gemini.origin,
      GOOGLE_APPLICATION_CREDENTIALS: credentials.path,
      PICTOR_VERTEX_BASE_URL: upstreams.vertex.origin,
    },
  });
  const gemini = 'gemini-3.1-flash-image';
  return {
    pictor,
    targets: {
      gpt2: { model: 'gpt2/gpt-image-2', upstream: upstreams.gpt2 },
      gpt1: { model: 'gpt1/gpt-image-1', upstream: upstreams.gpt1 },
      dalle3: { model: 'dalle3/dall-e-3', upstream: upstreams.dalle3 },
      dalle2: { model: 'dalle2/dall-e-2', upstream: upstreams.dalle2 },
      azure: { model: 'azure/gpt-image-2', upstream: upstreams.azure },
      gemini: { model: `gemini/${gemini}`, upstream: upstreams.gemini },
      vertex: { model: `vertex/${gemini}`, upstream: upstreams.vertex },
      plain: { model: 'plain/artist', upstream: upstreams.plain },
      omni: { model: 'omni/qwen-image', upstream: upstreams.omni },
      // Its dialect draws a seed where none is asked for.
      sgl: { model: 'sgl/flux-dev', upstream: upstreams.sgl, always: { seed: 1 } },
      local: { model: `local/${localAiModel}`, upstream: upstreams.local },
      sdcpp: { model: 'sdcpp/flux-schnell', upstream: upstreams.sdcpp },
      sketch: { model: 'sketch-1', upstream: null },
    },
    close: async () => {
      await pictor.stop();
      await Promise.all(Object.values(upstreams).map((upstream) => upstream?.close()));
      await credentials.remove();
    },
  };
}

async function openUpstreams() {
  return {
    gpt2: await openOpenAiUpstream(),
    gpt1: await openOpenAiUpstream(),
    dalle3: await openOpenAiUpstream(),
    dalle2: await openOpenAiUpstream(),
    azure: await openAzureUpstream({ deployments: { 'my-img': 'gpt-image-2' } }),
    gemini: await openGoogleUpstream({ shrink: 8 }),
    vertex: await openGoogleUpstream({ shrink: 8 }),
    plain: await openOpenAiUpstream(),
    omni: await openVllmOmniUpstream(),
    sgl: await openSglangUpstream(),
    local: await openLocalAiUpstream(),
    sdcpp: await openSdcppUpstream(),
    sketch: null,
  };
}

function writeConfig(upstreams: Awaited<ReturnType<typeof openUpstreams>>): string {
  const accounts = (['gpt2', 'gpt1', 'dalle3', 'dalle2'] as const).map(
    (name) => `    - { name: ${name}, api_key: '$\{OPENAI_KEY}', base_url: '${upstreams[name].baseUrl}' }\n`,
  );
  return `
providers:
  openai:
${accounts.join('')}
  azure:
    - name: azure
      endpoint: ${upstreams.azure.origin}/openai/v1/
      api_key: $\{AZURE_KEY}
      deployments: { my-img: gpt-image-2 }
  compatible:
    - name: plain
      base_url: ${upstreams.plain.origin}
      api_key: $\{OPENAI_KEY}
      response_format: omit
      models: [{ id: artist, upstream_model: gpt-image-1 }]
    - name: omni
      dialect: vllm-omni
      base_url: ${upstreams.omni.origin}
      api_key: $\{OMNI_KEY}
      models: [{ id: qwen-image, upstream_model: ${vllmOmniModel} }]
    - { name: sgl, dialect: sglang, base_url: '${upstreams.sgl.origin}', send_model: false, models: [{ id: flux-dev }] }
    - name: local
      dialect: localai
      base_url: ${upstreams.local.origin}
      api_key: $\{LOCAL_KEY}
      models: [{ id: ${localAiModel} }]
    - { name: sdcpp, dialect: sdcpp, base_url: '${upstreams.sdcpp.origin}', models: [{ id: flux-schnell }] }
routing: { retries: 0 }
`;
}
