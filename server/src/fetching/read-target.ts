import { PictorError } from '../foundation/index.ts';

/** Longer addresses are no addresses of pictures, and most servers refuse them. */
const maxUrlLength = 16_384;

/**
 * Reads an address that somebody else wrote. `base` is the address that redirected here. Throws
 * `invalid_image_url`; whether the host may be reached is decided when it is connected to.
 */
export function readTarget(text: string, facts: { readonly base?: URL; readonly param?: string }): URL {
  const refuse = (message: string): never => {
    throw new PictorError({
      code: 'invalid_image_url',
      message: facts.base === undefined ? message : `The address redirects to another one. ${message}`,
      ...(facts.param === undefined ? {} : { param: facts.param }),
    });
  };
  if (text.length > maxUrlLength) refuse(`An address may have ${maxUrlLength} characters at most.`);
  const url = URL.parse(text, facts.base);
  if (url === null) return refuse('This is not an address that can be read. Send a full http or https URL.');
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    refuse(`Only http and https addresses are fetched, not '${url.protocol}'.`);
  if (url.username !== '' || url.password !== '')
    refuse('An address may not carry a user name or password. Use a signed link instead.');
  return url;
}
