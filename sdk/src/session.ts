import { type Session, session as sessionSchema } from '@pictor/api';
import { type CallOptions, sendCall, sendEmptyCall, type Transport } from './send-call.ts';

/** The browser's session; it lives in a cookie that scripts cannot read. */
export type Sessions = {
  /** Answers for everybody: `signed_in` tells. */
  readonly get: (options?: CallOptions) => Promise<Session>;
  /** Opens a session for an API key; `invalid_api_key` where the key is not known. */
  readonly signIn: (key: string, options?: CallOptions) => Promise<Session>;
  /** Acts for another project from now on, in every page of this browser; for sessions of the root key. */
  readonly chooseProject: (projectId: string, options?: CallOptions) => Promise<Session>;
  readonly signOut: (options?: CallOptions) => Promise<void>;
};

const path = '/api/session';

/** The session noun over one transport. */
export function sessionsOver(transport: Transport): Sessions {
  return {
    get: (options) => sendCall(transport, { ...options, method: 'GET', path }, sessionSchema),
    signIn: (key, options) =>
      sendCall(transport, { ...options, method: 'POST', path, body: { key } }, sessionSchema),
    chooseProject: (project, options) =>
      sendCall(
        transport,
        { ...options, method: 'PUT', path: `${path}/project`, body: { project } },
        sessionSchema,
      ),
    signOut: (options) => sendEmptyCall(transport, { ...options, method: 'DELETE', path }),
  };
}
