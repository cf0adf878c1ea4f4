import { countCodePoints, type Fitting, quote, refuse } from './fit-context.ts';

/** The prompt, unchanged. Empty for variations, which have none. */
export function fitPrompt(fitting: Fitting, prompt: unknown): string {
  if (fitting.kind === 'vary') return '';
  if (prompt === undefined) {
    refuse(
      'missing_required_parameter',
      'prompt',
      "Missing required parameter: 'prompt'. Say what the picture should show.",
    );
  }
  if (typeof prompt !== 'string') {
    refuse('invalid_type', 'prompt', `Invalid type for 'prompt': ${quote(prompt)} is not a string.`);
  }
  if (prompt.trim() === '') {
    refuse('invalid_value', 'prompt', 'The prompt is empty. Say what the picture should show.');
  }
  const { id, promptMaxChars } = fitting.row;
  const length = countCodePoints(prompt);
  if (length > promptMaxChars) {
    refuse(
      'invalid_value',
      'prompt',
      `The prompt has ${length} characters; ${id} reads at most ${promptMaxChars}.`,
    );
  }
  return prompt;
}
