import { onTestFinished } from 'vitest';
import {
  type OpenAiUpstream,
  openOpenAiUpstream,
  upstreamKey,
} from '../../../../tests/upstreams/openai-upstream.ts';
import { builtInRows } from '../../../catalogue/built-in-rows.ts';
import type { ImageModel, ModelRow } from '../../../models/index.ts';
import { provider } from '../provider.ts';

/** A row of the catalogue by its id. */
export function rowOf(id: string): ModelRow {
  const row = builtInRows.find((each) => each.id === id);
  if (row === undefined) throw new Error(`There is no row ${id}.`);
  return row;
}

/** The provider with these variables, beside the key and the address of an upstream of its own. */
export async function openSubject(
  variables: Readonly<Record<string, string>> = {},
): Promise<{ readonly upstream: OpenAiUpstream; readonly model: ImageModel }> {
  const upstream = await openOpenAiUpstream();
  onTestFinished(upstream.close);
  const all: Readonly<Record<string, string>> = {
    OPENAI_API_KEY: upstreamKey,
    PICTOR_OPENAI_BASE_URL: upstream.baseUrl,
    ...variables,
  };
  const [open] = await provider.open({
    variable: (name) => all[name],
    dataDir: '/nowhere',
    settings: undefined,
  });
  if (open === undefined) throw new Error('The provider is not configured.');
  onTestFinished(open.close);
  const model = open.imageModel(rowOf('gpt-image-2'), 'images.generations');
  if (model === null) throw new Error('The provider does not serve gpt-image-2.');
  return { upstream, model };
}
