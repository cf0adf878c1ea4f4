import type { FastifyReply, FastifyRequest } from 'fastify';

const ofPrograms = /^\/(api|v1|promptlayer)\//;

/**
 * Answers a visit of a page of the app, whose addresses only the app knows: `/requests/req_…`. False: it is no such
 * visit, or the app is not built.
 */
export function sendPage(request: FastifyRequest, reply: FastifyReply): boolean {
  const isVisit = request.method === 'GET' && request.headers.accept?.includes('text/html') === true;
  if (!isVisit || ofPrograms.test(request.url) || !reply.server.hasReplyDecorator('sendFile')) return false;
  void reply.sendFile('index.html');
  return true;
}
