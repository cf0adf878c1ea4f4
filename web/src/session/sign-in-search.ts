/** What the address says about signing in. */
export type SignInSearch = {
  /** Set by a sign-in link that was used before. */
  readonly sign_in?: 'spent' | undefined;
};

/** Reads the address; what it does not know is left out. */
export function readSignInSearch(search: Record<string, unknown>): SignInSearch {
  return { sign_in: search.sign_in === 'spent' ? 'spent' : undefined };
}
