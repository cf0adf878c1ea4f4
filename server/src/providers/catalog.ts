import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { SettingsError } from '../foundation/index.ts';
import type { Provider } from '../models/index.ts';

/**
 * Finds the providers: every folder beside this file that holds a `provider.ts` with an export named `provider`.
 * Nothing lists them by name, so adding one touches no other file. Smaller `order` first.
 */
export async function findProviders(folder: URL = new URL('./', import.meta.url)): Promise<Provider[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory() && existsSync(new URL(`${entry.name}/provider.ts`, folder)))
    .map((entry) => entry.name);
  const providers = await Promise.all(names.sort().map((name) => loadProvider(folder, name)));
  return providers.toSorted((a, b) => a.order - b.order);
}

async function loadProvider(folder: URL, name: string): Promise<Provider> {
  const module: unknown = await import(new URL(`${name}/provider.ts`, folder).href);
  if (typeof module === 'object' && module !== null && 'provider' in module)
    return module.provider as Provider;
  throw new SettingsError(`providers/${name}/provider.ts must export a constant named 'provider'.`);
}
