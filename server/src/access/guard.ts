import type { Caller } from './caller.ts';
import type { Access, Session } from './open-access.ts';
import { type RouteNeed, requireNeed } from './scopes.ts';

const cookieName = 'pictor_session';
const projectCookieName = 'pictor_project';
const choiceSeconds = 365 * 24 * 60 * 60;

/** The part of a request that says who sends it; the web framework's request has it. */
export type IncomingRequest = {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly protocol?: string;
  readonly query?: unknown;
  /** What its route needs; see `needs`. */
  readonly routeOptions?: { readonly config?: { readonly needs?: readonly RouteNeed[] } };
};

/** A request is identified once; whoever asks again gets the same answer. */
const identified = new WeakMap<IncomingRequest, Promise<Caller>>();

/**
 * Who sends this request, and may. Throws `invalid_api_key`, `mismatched_project`, and `missing_scope` where the key
 * is not for what the route does. A route that does not say what it needs is open to nobody.
 */
export async function requireCaller(access: Access, request: IncomingRequest): Promise<Caller> {
  const needed = request.routeOptions?.config?.needs;
  if (needed === undefined) throw new Error('This route does not declare what it needs.');
  const caller = await identify(access, request);
  requireNeed(caller.scopes, needed);
  return caller;
}

async function identify(access: Access, request: IncomingRequest): Promise<Caller> {
  const known = identified.get(request);
  if (known !== undefined) return await known;
  const { headers, query } = request;
  const caller = access.identify({
    authorization: first(headers.authorization),
    xApiKey: first(headers['x-api-key']),
    session: readSessionCookie(request),
    project: {
      header: first(headers['x-pictor-project']),
      query: typeof query === 'object' && query !== null && 'project' in query ? query.project : undefined,
      openai: first(headers['openai-project']),
      chosen: readCookie(request, projectCookieName),
    },
  });
  identified.set(request, caller);
  return await caller;
}

/**
 * The same for wires that send the key within the body: `key` counts where no header names one. For routes that declare
 * `no-key`, since a body is read behind the place where keys are asked for.
 */
export async function requireKeyHolder(
  access: Access,
  request: IncomingRequest,
  key: string | undefined,
  anyOf: readonly RouteNeed[],
): Promise<Caller> {
  const headers = { ...request.headers };
  const isNamed = headers.authorization !== undefined || headers['x-api-key'] !== undefined;
  if (!isNamed && key !== undefined) headers['x-api-key'] = key;
  const caller = await identify(access, { ...request, query: request.query, headers });
  requireNeed(caller.scopes, anyOf);
  return caller;
}

/** The key that a request names in its headers, as it was sent. Null: none, since a session speaks for it. */
export function readSentKey(request: IncomingRequest): string | null {
  const bearer = /^Bearer +(\S.*)$/i.exec(first(request.headers.authorization)?.trim() ?? '')?.[1];
  return bearer ?? first(request.headers['x-api-key'])?.trim() ?? null;
}

export function readSessionCookie(request: IncomingRequest): string | undefined {
  return readCookie(request, cookieName);
}

function readCookie(request: IncomingRequest, wanted: string): string | undefined {
  const cookies = first(request.headers.cookie) ?? '';
  for (const cookie of cookies.split(';')) {
    const [name, value] = cookie.trim().split('=', 2);
    if (name === wanted && value !== undefined && value !== '') return value;
  }
  return undefined;
}

/** `Set-Cookie` for a new session. Lax, since the sign-in link is followed from a terminal or a chat. */
export function sessionCookie(session: Session, secure: boolean): string {
  return cookie(cookieName, session.token, session.maxAgeSeconds, secure);
}

/** `Set-Cookie`s that end the session in the browser, and forget its project. */
export function endedSessionCookies(secure: boolean): string[] {
  return [cookie(cookieName, '', 0, secure), cookie(projectCookieName, '', 0, secure)];
}

/** `Set-Cookie` by which pictures and downloads, which name no project, are of the chosen one too. */
export function projectCookie(projectId: string, secure: boolean): string {
  return cookie(projectCookieName, projectId, choiceSeconds, secure);
}

function cookie(name: string, value: string, maxAgeSeconds: number, secure: boolean): string {
  return `${name}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
