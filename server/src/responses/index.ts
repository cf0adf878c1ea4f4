export { addConversationRoutes } from './conversation-routes.ts';
export { openResponses } from './open-responses.ts';
export { addResponseRoutes } from './response-routes.ts';
