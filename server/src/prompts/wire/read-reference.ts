import type { StoredPromptReference } from '@pictor/api';
import { PictorError } from '../../foundation/index.ts';
import type { Selector } from '../pick-version.ts';
import type { Variables } from '../render/render-template.ts';

/** Which version a reference means: OpenAI writes numbers as text, and a label may stand where a number may. */
export function readSelector({ version }: StoredPromptReference): Selector {
  if (version === undefined || version === '') return {};
  if (typeof version === 'number') return { version };
  return /^[1-9]\d{0,8}$/.test(version) ? { version: Number(version) } : { label: version };
}

/** Variables in our own form. OpenAI's may be texts, or parts of a message. */
export function readVariables({ variables }: StoredPromptReference): Variables {
  const entries = Object.entries(variables ?? {});
  return Object.fromEntries(entries.map(([name, value]) => [name, readVariable(name, value)]));
}

function readVariable(name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('type' in value)) return value;
  if (value.type === 'input_text' && 'text' in value) return value.text;
  if (value.type !== 'input_image') return value;
  if ('image_url' in value && typeof value.image_url === 'string') return value.image_url;
  throw new PictorError({
    code: 'invalid_value',
    message: `The variable '${name}' is a picture without image_url: send an address or a data URL.`,
    param: 'prompt.variables',
  });
}
