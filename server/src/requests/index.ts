export type { FirstRequest } from './open-once.ts';
export { type EndedRequest, openRequests, type Requests } from './open-requests.ts';
export type { ListedRequest } from './queries.ts';
export { readPage, toRequestId } from './read-page.ts';
export type { AttemptRecord, ClosingRecord, ImageRecord, OpeningRecord } from './request-record.ts';
export { addRequestRoutes } from './routes.ts';
export { toRequestList } from './to-summary.ts';
export { withoutBytes } from './without-bytes.ts';
