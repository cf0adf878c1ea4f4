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
