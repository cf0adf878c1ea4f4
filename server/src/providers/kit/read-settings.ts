import { z } from 'zod';
import { SettingsError } from '../../foundation/index.ts';

/** Name of a cell in pictor.yaml: it stands in front of model names, as in `lab/qwen-image`. */
export const cellName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,62}$/, 'use lower-case letters, digits, dots, dashes and underscores')
  .describe('Name of this upstream. In front of a model it picks this one: name/model.');

/** A key or token as a header can carry it. pictor.yaml may only name the variable that holds it. */
export const secretText = z
  .string()
  .min(1)
  .meta({ writeOnly: true, description: 'The secret, by reference to an environment variable.' });

/** An http address without query, fragment or password, without slashes at its end. Throws a SettingsError. */
export function readBaseUrl(setting: string, text: string, example: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new SettingsError(`${setting} must be a full address such as ${example}.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new SettingsError(`${setting} must be an address without a user name or a password.`);
  }
  if (url.search !== '' || url.hash !== '') {
    throw new SettingsError(`${setting} must be an address without a query, such as ${example}.`);
  }
  return url.href.replace(/\/+$/, '');
}

/** Throws a SettingsError for what no header may hold. Its sentence does not show the value: it may be a key. */
export function checkHeader(setting: string, value: string): void {
  if (/^[\x21-\x7e]+$/.test(value)) return;
  throw new SettingsError(
    `${setting} holds a character that it cannot have, such as a space or a line break.`,
  );
}
