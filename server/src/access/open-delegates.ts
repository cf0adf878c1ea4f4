import { newSecret } from './hash-secret.ts';

/** Secrets that stand for keys within this process alone. */
export type Delegates = {
  /** What work in the background calls with, in the name of the key that began it. */
  readonly secretFor: (keyId: string) => string;
  /** Null: it is no such secret. */
  readonly keyIdOf: (secret: string) => string | null;
};

/** They are made when they are first needed, kept nowhere, and gone with the process. */
export function openDelegates(): Delegates {
  const secrets = new Map<string, string>();
  const keyIds = new Map<string, string>();
  return {
    secretFor: (keyId) => {
      const known = secrets.get(keyId);
      if (known !== undefined) return known;
      const secret = newSecret();
      secrets.set(keyId, secret);
      keyIds.set(secret, keyId);
      return secret;
    },
    keyIdOf: (secret) => keyIds.get(secret) ?? null,
  };
}
