export { addImageFileRoutes } from './image-routes.ts';
export { openRuns } from './open-runs.ts';
export { openTwins } from './open-twins.ts';
export { addImageRoutes } from './routes.ts';
