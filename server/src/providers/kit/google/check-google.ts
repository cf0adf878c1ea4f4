import { type Finding, ProviderError } from '../../../models/index.ts';
import type { Call } from '../open-caller.ts';
import { readJson } from '../read-json.ts';
import { classifyFailure } from './classify-failure.ts';
import { type GoogleError, readGoogleError } from './read-error.ts';
import type { GoogleUpstream } from './upstream.ts';

export type CheckReply = {
  readonly status: number;
  readonly body: unknown;
  /** Null: it is no error in Google's words. */
  readonly error: GoogleError | null;
};

/** Sends a call that makes no picture. Throws a ProviderError when nothing answers. */
export async function sendCheck({ caller }: Pick<GoogleUpstream, 'caller'>, call: Call): Promise<CheckReply> {
  const reply = await caller.call(call);
  try {
    const body = await readJson(reply.body);
    return { status: reply.status, body, error: readGoogleError(body) };
  } finally {
    reply.close();
  }
}

/** Nothing answers at the address, or no token could be had: the sentence says which. */
export function cannotCall(error: unknown, setting: string): Finding[] {
  const told = error instanceof ProviderError ? error.message : 'The call failed.';
  return [
    { part: 'address', status: 'fails', message: `${told} See ${setting}.` },
    { part: 'key', status: 'unknown', message: 'The key cannot be tried before the address works.' },
  ];
}

/** What an error says of address and key. */
export function tellError(
  { status, error }: CheckReply,
  place: { readonly address: string; readonly settings: GoogleUpstream['settings'] },
): Finding[] {
  const { address, settings } = place;
  if (error === null) {
    const kind = status === 429 || status >= 500 ? 'unknown' : 'fails';
    return [
      {
        part: 'address',
        status: kind,
        message: `${address} answers with status ${status}, and not as Google does. See ${settings.address}.`,
      },
      { part: 'key', status: 'unknown', message: 'Nothing can be said about the key.' },
    ];
  }
  const works: Finding = { part: 'address', status: 'works', message: `${address} answers.` };
  switch (classifyFailure(status, error)) {
    case 'unauthorised': {
      const why = error.reason ?? error.status ?? `status ${status}`;
      return [
        works,
        { part: 'key', status: 'fails', message: `Google refuses it (${why}). See ${settings.key}.` },
      ];
    }
    case 'blocked-account':
      return [
        works,
        { part: 'key', status: 'fails', message: 'The account or project is suspended or blocked.' },
      ];
    case 'quota':
      return [
        works,
        { part: 'key', status: 'fails', message: 'The account has no money or allowance left.' },
      ];
    default:
      return [
        works,
        {
          part: 'key',
          status: 'unknown',
          message: `Google answers with status ${status}; the key was not tried.`,
        },
      ];
  }
}
