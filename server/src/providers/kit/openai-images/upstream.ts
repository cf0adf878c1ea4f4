import type { ImageJob, ProviderErrorKind } from '../../../models/index.ts';
import type { Caller } from '../open-caller.ts';
import type { ErrorBody } from '../read-error-body.ts';
import type { UpstreamRequest } from './to-request.ts';

/** A service that speaks OpenAI's Images API, with what it takes to call it and where it differs from OpenAI. */
export type Upstream = {
  /** Name of the cell, for errors and rows. */
  readonly provider: string;
  readonly caller: Caller;
  /** Without a slash at its end: `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  /** The full address of a call; absent: `baseUrl` and the request's path. */
  readonly toUrl?: (request: UpstreamRequest, job: ImageJob) => string;
  /** Headers of every call, lower-case names, the one with the key included. May throw a ProviderError. */
  readonly headers: () => Promise<Readonly<Record<string, string>>>;
  /** What no message may show. */
  readonly secrets: readonly string[];
  /** How the operator's settings are called in sentences for the operator: `OPENAI_API_KEY`. */
  readonly settings: { readonly key: string; readonly address: string };
  /** The call that a job becomes; absent: as OpenAI has it. */
  readonly toRequest?: (job: ImageJob) => UpstreamRequest;
  /**
   * Which addresses of pictures are followed: every https one and the service's own, without the key, or only those of
   * the service's own origin, with it. Absent: every https one.
   */
  readonly picturesFrom?: 'https' | 'own-origin';
  /** Failures that only this service has; undefined: as OpenAI means it. */
  readonly classify?: (status: number, error: ErrorBody | null) => Verdict | undefined;
  /**
   * Asked when a call is answered 401, which costs nothing. True: `headers` has something new to try, and the call is
   * made once more. Absent: what was refused is all there is.
   */
  readonly renew?: () => Promise<boolean>;
};

/** What a failure is. */
export type Verdict = {
  readonly kind: ProviderErrorKind;
  /** A sentence for whoever can act, without secrets; absent: the usual one of this kind. */
  readonly message?: string;
};
