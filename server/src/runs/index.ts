export { addRunRoutes } from './routes.ts';
