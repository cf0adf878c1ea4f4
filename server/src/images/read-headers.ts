import { PictorError } from '../foundation/index.ts';
import type { ParameterMode } from './fit-job.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** `x-pictor-parameters: default | lenient | strict`. Undefined: the header is not there. */
export function readParameterMode(headers: Headers): ParameterMode | undefined {
  const value = headers['x-pictor-parameters'];
  if (value === undefined) return undefined;
  if (value === 'default' || value === 'lenient' || value === 'strict') return value;
  throw new PictorError({
    code: 'invalid_value',
    message: 'The header x-pictor-parameters must be default, lenient or strict.',
    param: 'x-pictor-parameters',
  });
}

/** `x-pictor-extensions: off` asks for OpenAI's own fields and nothing beside them. */
export function readExtensions(headers: Headers): boolean {
  const value = headers['x-pictor-extensions'];
  if (value === undefined || value === 'on') return true;
  if (value === 'off') return false;
  throw new PictorError({
    code: 'invalid_value',
    message: 'The header x-pictor-extensions must be on or off.',
    param: 'x-pictor-extensions',
  });
}
