import type { FastifyReply, FastifyRequest, RouteGenericInterface } from 'fastify';

/** A request as routes and their readers see it; nothing else names the web framework. */
export type HttpRequest<Route extends RouteGenericInterface = RouteGenericInterface> = FastifyRequest<Route>;

export type HttpReply = FastifyReply;
