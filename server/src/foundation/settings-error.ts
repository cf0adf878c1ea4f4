/** A setting that cannot work. Ends the start with exit code 78 and this sentence, never with a stack. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}
