import { onTestFinished } from 'vitest';
import { googleKey, openGoogleUpstream } from '../../../../tests/upstreams/google-upstream.ts';
import type { ServedUpstream } from '../../../../tests/upstreams/serve-upstream.ts';
import { builtInRows } from '../../../catalogue/built-in-rows.ts';
import type { ImageModel, ModelRow } from '../../../models/index.ts';
import { provider } from '../provider.ts';

/** A row of the catalogue by its id. */
export function rowOf(id: string): ModelRow {
  const row = builtInRows.find((each) => each.id === id);
  if (row === undefined) throw new Error(`There is no row ${id}.`);
  return row;
}

/** The provider with an upstream of its own, and with what pictor.yaml says of its only account. */
export async function openSubject(
  settings: Readonly<Record<string, unknown>> = {},
): Promise<{ readonly upstream: ServedUpstream; readonly model: ImageModel }> {
  const upstream = await openGoogleUpstream({ shrink: 8 });
  onTestFinished(upstream.close);
  const [open] = await provider.open({
    variable: () => undefined,
    dataDir: '/dev/null/nowhere',
    settings: [{ name: 'gemini', api_key: googleKey, base_url: upstream.origin, ...settings }],
  });
  if (open === undefined) throw new Error('The provider is not configured.');
  onTestFinished(open.close);
  const model = open.imageModel(rowOf('gemini-3-pro-image'), 'images.generations');
  if (model === null) throw new Error('The provider does not serve gemini-3-pro-image.');
  return { upstream, model };
}
