export { addImageFileRoutes } from './image-routes.ts';
export { addImageRoutes } from './routes.ts';
