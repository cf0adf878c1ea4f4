import { cleanJson, cleanText } from './clean-text.ts';

/** JSON.stringify writes exactly the characters in question as escapes, so the written text tells. */
const mayHoldRefusedText = /\\u(?:0000|d[89a-f])/;

/**
 * Parameters in the one form that both engines take alike: objects and lists become JSON text (never
 * PostgreSQL arrays), dates ISO text, and text is cleaned of what PostgreSQL refuses.
 */
export function prepareParameters(parameters: readonly unknown[]): unknown[] {
  return parameters.map(prepareParameter);
}

function prepareParameter(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value === 'bigint') return value.toString();
  if (value === undefined) return null;
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  if (value instanceof Date) return value.toISOString();
  const json = JSON.stringify(value);
  return mayHoldRefusedText.test(json) ? JSON.stringify(cleanJson(value)) : json;
}
