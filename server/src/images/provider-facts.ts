import { ProviderError, type ProviderErrorFacts } from '../models/index.ts';

/** What the provider said of a failure; null: it was not the provider's. */
export function providerFacts(error: unknown): ProviderErrorFacts | null {
  if (error instanceof ProviderError) return error.facts;
  return error instanceof Error && error.cause !== undefined ? providerFacts(error.cause) : null;
}
