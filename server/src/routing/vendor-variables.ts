import type { Provider } from '../models/index.ts';

/** Names of the variables of those providers that are there for this vendor's models before all others. */
export function variablesOfVendor(vendor: string, providers: readonly Provider[]): readonly string[] {
  const declared = providers
    .filter((provider) => provider.external && provider.vendors[0] === vendor)
    .flatMap((provider) => provider.variables.slice(0, 1).map((variable) => variable.name));
  return declared.length > 0 ? declared : ['the API key of its provider'];
}
