export type { Caller } from './caller.ts';
export { type IncomingRequest, requireCaller } from './guard.ts';
export { type Access, openAccess } from './open-access.ts';
export { addAccessRoutes, guardRoutes } from './routes.ts';
