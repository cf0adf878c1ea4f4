export { openWebhooks, type Webhooks } from './open-webhooks.ts';
export { addWebhookRoutes } from './routes.ts';
