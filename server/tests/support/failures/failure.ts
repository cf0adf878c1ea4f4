import type { Charged, ProviderErrorKind } from '../../../src/models/index.ts';
import type { Behaviour } from '../../upstreams/serve-upstream.ts';

/** One documented failure of a service, and what a careful person makes of it. */
export type Failure = {
  readonly name: string;
  readonly model: string;
  /** What the service does; null: nobody listens there. */
  readonly does: Behaviour | null;
  readonly kind: ProviderErrorKind;
  readonly charged: Charged;
  /** May the same call be made again without paying twice, and could it then succeed? */
  readonly again: boolean;
  /** What the caller's sentence says. */
  readonly told?: RegExp;
};

type Verdict = readonly [kind: ProviderErrorKind, charged: Charged, again?: 'again'];
type Row = readonly [name: string, does: Behaviour | null, verdict: Verdict, told?: RegExp];

export function rows(model: string, list: readonly Row[]): readonly Failure[] {
  return list.map(([name, does, [kind, charged, again], told]) => ({
    name: `${model.split('/')[0]}: ${name}`,
    model,
    does,
    kind,
    charged,
    again: again !== undefined,
    ...(told === undefined ? {} : { told }),
  }));
}

export function answer(
  status: number,
  body: string | Readonly<Record<string, unknown>>,
  headers = {},
): Behaviour {
  const contentType = typeof body === 'string' ? 'text/html' : 'application/json';
  return { instead: { status, headers: { 'content-type': contentType, ...headers }, body } };
}

type ErrorFacts = Readonly<Record<string, unknown>>;

/** `{error: {message, type, code, param}}` */
export function openAi(status: number, message: string, facts: ErrorFacts = {}, headers = {}): Behaviour {
  const error = { message, type: 'invalid_request_error', param: null, code: null, ...facts };
  return answer(status, { error }, headers);
}
