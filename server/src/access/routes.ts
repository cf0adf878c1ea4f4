import { PictorError } from '../foundation/index.ts';
import type { HttpServer } from '../http/index.ts';
import type { Caller } from './caller.ts';
import {
  endedSessionCookies,
  projectCookie,
  readSessionCookie,
  requireCaller,
  sessionCookie,
} from './guard.ts';
import type { Access } from './open-access.ts';
import { readMembers } from './read-body.ts';
import { needs, type RouteNeed } from './scopes.ts';

export type SessionView = {
  readonly standIn: boolean;
  readonly notice: string | null;
  readonly version: string;
};

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a caller's key must be allowed; one of them is enough. */
    needs?: readonly RouteNeed[];
  }
}

/**
 * Refuses, at start, every route that does not declare what it needs; to be called before routes are added. A route
 * that is forgotten so never opens.
 */
export function requireDeclarations(server: HttpServer): void {
  server.addHook('onRoute', ({ method, url, config }) => {
    if (config?.needs !== undefined) return;
    throw new Error(
      `The route ${String(method)} ${url} does not declare what it needs. Give needs('read'), or what fits, as its second argument: see access/scopes.ts.`,
    );
  });
}

/** Every route of this scope needs a key or a session, and has it checked before its body is read. */
export function guardRoutes(scope: HttpServer, access: Access): void {
  scope.addHook('onRequest', async (request) => {
    await requireCaller(access, request);
  });
}

/** Sign-in by link and by key, and what the web app must know before it can draw anything. */
export function addAccessRoutes(server: HttpServer, access: Access, view: SessionView): void {
  server.get<{ Querystring: { token?: string } }>('/sign-in', needs('no-key'), async (request, reply) => {
    reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
    // Programs that look at a link before a person follows it must not spend it.
    if (request.method === 'HEAD') return reply.redirect('/', 303);
    try {
      const session = await access.signInByToken(String(request.query.token ?? ''));
      return reply
        .header('set-cookie', sessionCookie(session, request.protocol === 'https'))
        .redirect('/', 303);
    } catch (error) {
      if (error instanceof PictorError && error.code === 'sign_in_link_spent')
        return reply.redirect('/?sign_in=spent', 303);
      throw error;
    }
  });

  server.get('/api/session', needs('no-key'), async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const caller = await requireCaller(access, request).catch((error: unknown) => {
      if (error instanceof PictorError && error.code === 'invalid_api_key') return null;
      throw error;
    });
    return sessionBody(caller, view);
  });

  server.post<{ Body: unknown }>('/api/session', needs('no-key'), async (request, reply) => {
    const { caller, ...session } = await access.signInByKey(readKeyMember(request.body));
    return reply
      .header('cache-control', 'no-store')
      .header('set-cookie', sessionCookie(session, request.protocol === 'https'))
      .send(sessionBody(caller, view));
  });

  server.put<{ Body: unknown }>('/api/session/project', needs('root'), async (request, reply) => {
    const caller = await requireCaller(access, request);
    const project = access.projects.get(readChoice(request.body));
    return reply
      .header('cache-control', 'no-store')
      .header('set-cookie', projectCookie(project.id, request.protocol === 'https'))
      .send(sessionBody({ ...caller, projectId: project.id, projectName: project.name }, view));
  });

  server.delete('/api/session', needs('no-key'), async (request, reply) => {
    const session = readSessionCookie(request);
    if (session !== undefined) await access.signOut(session);
    return reply
      .code(204)
      .header('set-cookie', endedSessionCookies(request.protocol === 'https'))
      .send();
  });
}

function readChoice(body: unknown): string {
  const { project } = readMembers(body, 'The choice', ['project']);
  if (typeof project === 'string') return project;
  throw new PictorError({
    code: 'missing_required_parameter',
    message: 'Send the id of the project as {"project": "proj_…"}.',
    param: 'project',
  });
}

function readKeyMember(body: unknown): string {
  const key = typeof body === 'object' && body !== null && 'key' in body ? body.key : undefined;
  if (typeof key !== 'string' || key.trim() === '') {
    throw new PictorError({
      code: 'missing_required_parameter',
      message: 'Send the API key as {"key": "…"}.',
      param: 'key',
    });
  }
  return key.trim();
}

function sessionBody(caller: Caller | null, view: SessionView): Record<string, unknown> {
  return {
    object: 'session',
    signed_in: caller !== null,
    project: caller === null ? null : { id: caller.projectId, name: caller.projectName },
    scopes: caller?.scopes ?? [],
    engine: { stand_in: view.standIn, notice: caller === null ? null : view.notice },
    version: view.version,
  };
}
