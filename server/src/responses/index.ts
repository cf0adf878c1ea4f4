export { addConversationRoutes } from './conversation-routes.ts';
export { openResponses, type Responses } from './open-responses.ts';
export { addResponseRoutes } from './response-routes.ts';
