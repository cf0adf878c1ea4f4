import { createRequire } from 'node:module';
import type { PromptLayer } from 'promptlayer';
import { type FailingRelay, openFailingRelay } from './open-failing-relay.ts';
import { type Body, openRegistry, type Registry } from './open-registry.ts';

// Its ESM build cannot load a provider's package; the CommonJS build is the one that works.
const client: typeof import('promptlayer') = createRequire(import.meta.url)('promptlayer');

export type Media = Body & {
  readonly type: string;
  readonly url: string;
  readonly provider_metadata: Body;
};
export type Answer = {
  readonly request_id: number;
  readonly raw_response: Body;
  readonly prompt_blueprint: {
    readonly prompt_template: {
      readonly content: readonly Media[];
      readonly messages: readonly { readonly role: string; readonly content: readonly Media[] }[];
    };
  };
};

/** PromptLayer's own client at a server of ours, with a relay between them that can lose answers. */
export type PromptLayerBench = {
  readonly registry: Registry;
  readonly relay: FailingRelay;
  readonly pl: PromptLayer;
  /** A client with other options. */
  readonly open: (more: Body) => PromptLayer;
  readonly run: (pl: PromptLayer, asked: Parameters<PromptLayer['run']>[0]) => Promise<Answer>;
  readonly publish: (name: string, template: Body, model: Body, more?: Body) => Promise<Body>;
  /** Requests of the project, as the product counts them. */
  readonly search: () => Promise<Body & { items: Body[]; total: number }>;
  readonly find: (id: number) => Promise<Body>;
  readonly close: () => Promise<void>;
};

export async function openPromptLayer(): Promise<PromptLayerBench> {
  const registry = await openRegistry();
  const relay = await openFailingRelay(registry.pictor.url);
  const open = (more: Body): PromptLayer =>
    new client.PromptLayer({ apiKey: registry.pictor.key, baseURL: `${relay.url}/promptlayer`, ...more });
  const pl = open({});
  const requests = '/promptlayer/api/public/v2/requests';
  return {
    registry,
    relay,
    pl,
    open,
    run: async (pl, asked) => (await pl.run(asked)) as unknown as Answer,
    publish: async (name, template, model, more = {}) =>
      (await pl.templates.publish({
        prompt_name: name,
        prompt_template: template,
        metadata: { model },
        ...more,
      } as unknown as Parameters<PromptLayer['templates']['publish']>[0])) as unknown as Body,
    search: async () =>
      (await registry.send('POST', `${requests}/search`, {})).body as Body & { items: Body[]; total: number },
    find: async (id) => (await registry.send('GET', `${requests}/${id}`)).body,
    close: async () => {
      await relay.close();
      await registry.pictor.stop();
    },
  };
}

export const completionTemplate = (text: string): Body => ({
  type: 'completion',
  template_format: 'f-string',
  content: [{ type: 'text', text }],
  input_variables: [],
});

export const chatTemplate = (text: string, more: Body = {}): Body => ({
  type: 'chat',
  messages: [{ role: 'user', template_format: 'f-string', content: [{ type: 'text', text }] }],
  input_variables: [],
  ...more,
});

export const imagesOf = {
  provider: 'openai',
  name: 'gpt-image-1',
  api_type: 'images',
  parameters: { size: '1024x1024' },
};
