const longest = 500;
/** Shorter prompts are words that a sentence may hold by chance. */
const shortestPrompt = 12;

/**
 * A service's sentence made fit for a caller, who is not the operator: without keys, names of organisations and
 * projects, the prompt, control characters, and cut where it is long.
 */
export function cleanMessage(
  message: string,
  hidden: { readonly secrets: readonly string[]; readonly prompt: string },
): string {
  const { secrets, prompt } = hidden;
  const withoutPrompt = prompt.length < shortestPrompt ? message : message.replaceAll(prompt, '…');
  const withoutSecrets = secrets
    .filter((secret) => secret !== '')
    .reduce((text, secret) => text.replaceAll(secret, '…'), withoutPrompt);
  const clean = withoutSecrets
    .replaceAll(/\b(?:sk|sess|org|proj)-[\w*.-]{6,}/g, '…')
    .replaceAll(/\bBearer\s+\S+/gi, '…')
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim();
  return clean.length > longest ? `${clean.slice(0, longest)}…` : clean;
}
