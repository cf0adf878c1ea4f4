export { promptLayerErrors } from './parts.ts';
export { addOpenPromptLayerRoutes, addPromptLayerRoutes } from './routes.ts';
