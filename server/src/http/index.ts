export { errorBody, sendError, toPictorError } from './error-reply.ts';
export { type HttpServer, type HttpSettings, openServer } from './open-server.ts';
export { addWebApp } from './web-app.ts';
export { type MultipartField, type MultipartFile, readMultipart } from './read-multipart.ts';
