import type { FastifyInstance } from 'fastify';

/** One method at one address, as it was registered: `GET /v1/files/:id`. */
export type ListedRoute = { readonly method: string; readonly path: string };

const routesOf = new WeakMap<object, ListedRoute[]>();

/** Notes every route that is registered from now on, in whatever scope. */
export function noteRoutes(server: FastifyInstance): void {
  const routes: ListedRoute[] = [];
  routesOf.set(server, routes);
  server.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) routes.push({ method: each, path: url });
  });
}

/** Every route of the server, so that tests can find those that nobody thought of. */
export function listRoutes(server: FastifyInstance): readonly ListedRoute[] {
  return routesOf.get(server) ?? [];
}
