export { type ErrorShape, errorBody } from './error-reply.ts';
export type { HttpReply, HttpRequest } from './http-types.ts';
export { type ListedRoute, listRoutes } from './list-routes.ts';
export { type Dispatch, type DispatchedAnswer, openDispatch, passHeaders } from './open-dispatch.ts';
export { type HttpServer, type HttpSettings, openServer } from './open-server.ts';
export { type MultipartField, type MultipartFile, readMultipart } from './read-multipart.ts';
export { readParameters, toParameterError } from './read-parameters.ts';
export { addWebApp } from './web-app.ts';
