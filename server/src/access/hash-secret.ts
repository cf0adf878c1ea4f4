import { createHash, randomBytes } from 'node:crypto';

/**
 * SHA-256 of a key or token, hex. Secrets of ours have 256 random bits, so a slow hash would add nothing; looking a
 * hash up by equality reveals nothing about the secret through time.
 */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** A new secret of 256 bits, in letters that survive URLs and shells. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** A new API key: the prefix says to people and to secret scanners what it is. */
export function newApiKey(): string {
  return `sk-pictor-${newSecret()}`;
}

/** Enough to tell keys apart in a list, too little to be of use to anybody. */
export function hintOf(key: string): string {
  return `…${key.slice(-4)}`;
}
