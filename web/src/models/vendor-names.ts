/** Who makes models, as people write it. */
export const vendorNames: Readonly<Record<string, string>> = {
  openai: 'OpenAI',
  google: 'Google',
  pictor: 'Pictor',
};
