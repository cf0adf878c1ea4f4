import type { Provider } from '../models/index.ts';

/** Variables of vendors whose providers may not be installed, so that an error can still say what to set. */
const knownVariables: Readonly<Record<string, readonly string[]>> = {
  openai: ['OPENAI_API_KEY', 'AZURE_OPENAI_ENDPOINT'],
  google: ['GEMINI_API_KEY', 'GOOGLE_CLOUD_PROJECT'],
};

/** Words that may stand before a model's name whether or not their provider is installed, and whose models they mean. */
export const vendorOfPrefix: Readonly<Record<string, string>> = {
  openai: 'openai',
  azure: 'openai',
  google: 'google',
  gemini: 'google',
  vertex: 'google',
};

/** Names of the variables of those providers that are there for this vendor's models before all others. */
export function variablesOfVendor(vendor: string, providers: readonly Provider[]): readonly string[] {
  const declared = providers
    .filter((provider) => provider.external && provider.vendors[0] === vendor)
    .flatMap((provider) => provider.variables.slice(0, 1).map((variable) => variable.name));
  return declared.length > 0 ? declared : (knownVariables[vendor] ?? ['the API key of its provider']);
}
