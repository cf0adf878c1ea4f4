import { type Access, needs, requireCaller } from '../access/index.ts';
import { PictorError } from '../foundation/index.ts';
import type { HttpRequest, HttpServer } from '../http/index.ts';
import type { Webhooks } from './open-webhooks.ts';
import { readAttemptsPage } from './read-attempts-page.ts';
import { readWebhook } from './read-webhook.ts';
import { toAttemptList, toAttemptView, toWebhookList, toWebhookView } from './to-views.ts';
import type { Webhook } from './webhook.ts';

type ById = { Params: { id: string } };

/** Webhooks of the caller's project, and how their deliveries went. */
export function addWebhookRoutes(server: HttpServer, access: Access, webhooks: Webhooks): void {
  const find = async (request: HttpRequest<ById>): Promise<Webhook> => {
    const caller = await requireCaller(access, request);
    const webhook = await webhooks.find(caller.projectId, request.params.id);
    if (webhook === null) throw notFound('webhook');
    return webhook;
  };

  server.post<{ Body: unknown }>('/api/webhooks', needs('manage'), async (request, reply) => {
    const caller = await requireCaller(access, request);
    const webhook = await webhooks.create(caller.projectId, readWebhook(request.body));
    return reply
      .header('cache-control', 'no-store')
      .send({ ...toWebhookView(webhook), secret: webhook.secret });
  });

  server.get('/api/webhooks', needs('read', 'manage'), async (request, reply) => {
    const caller = await requireCaller(access, request);
    const list = toWebhookList(await webhooks.list(caller.projectId));
    return reply.header('cache-control', 'no-store').send(list);
  });

  server.get<ById>('/api/webhooks/:id', needs('read', 'manage'), async (request, reply) => {
    return reply.header('cache-control', 'no-store').send(toWebhookView(await find(request)));
  });

  server.delete<ById>('/api/webhooks/:id', needs('manage'), async (request) => {
    const caller = await requireCaller(access, request);
    const { id } = request.params;
    if (!(await webhooks.remove(caller.projectId, id))) throw notFound('webhook');
    return { id, object: 'webhook', deleted: true };
  });

  server.post<ById>('/api/webhooks/:id/test', needs('manage'), async (request, reply) => {
    const caller = await requireCaller(access, request);
    const attempt = await webhooks.test(caller.projectId, request.params.id);
    if (attempt === null) throw notFound('webhook');
    return reply.header('cache-control', 'no-store').send(toAttemptView(attempt));
  });

  server.get<ById & { Querystring: Record<string, unknown> }>(
    '/api/webhooks/:id/attempts',
    needs('read', 'manage'),
    async (request, reply) => {
      const page = readAttemptsPage(request.query);
      const webhook = await find(request);
      const attempts = await webhooks.attempts(webhook.id, page);
      return reply.header('cache-control', 'no-store').send(toAttemptList(attempts));
    },
  );

  server.post<ById>('/api/webhooks/attempts/:id/resend', needs('manage'), async (request, reply) => {
    const caller = await requireCaller(access, request);
    const delivery = await webhooks.resend(caller.projectId, request.params.id);
    if (delivery === null) throw notFound('attempt');
    return reply.code(202).send({ id: delivery, object: 'webhook.delivery', status: 'pending' });
  });
}

function notFound(noun: 'webhook' | 'attempt'): PictorError {
  return new PictorError({
    code: 'not_found',
    message: `There is no ${noun} with this id in your project.`,
    param: 'id',
  });
}
