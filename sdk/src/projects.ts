import {
  type NewProjectKey,
  newProjectKey,
  type Project,
  type ProjectBody,
  type ProjectChange,
  type ProjectDeletion,
  type ProjectKey,
  type ProjectKeyBody,
  type ProjectKeyList,
  type ProjectList,
  project,
  projectDeletion,
  projectKey,
  projectKeyList,
  projectList,
  type Retention,
  type RetentionReport,
  retentionReport,
} from '@pictor/api';
import { type CallOptions, sendCall, sendEmptyCall, type Transport } from './send-call.ts';

/** Projects, for the root key. `not_found` where there is none with an id. */
export type Projects = {
  readonly list: (options?: CallOptions) => Promise<ProjectList>;
  readonly create: (body: ProjectBody, options?: CallOptions) => Promise<Project>;
  readonly get: (id: string, options?: CallOptions) => Promise<Project>;
  readonly update: (id: string, change: ProjectChange, options?: CallOptions) => Promise<Project>;
  /** What would go with the project. Nothing is touched. */
  readonly previewDeletion: (id: string, options?: CallOptions) => Promise<ProjectDeletion>;
  /** Deletes the project with everything in it; `project_busy` while requests of it run. */
  readonly delete: (id: string, options?: CallOptions) => Promise<ProjectDeletion>;
  /** What the project's rule would take now, with changes to try out. Nothing is touched. */
  readonly previewRetention: (
    id: string,
    change?: Partial<Retention>,
    options?: CallOptions,
  ) => Promise<RetentionReport>;
  /** Takes what the project's rule says, now instead of at the full hour. */
  readonly runRetention: (id: string, options?: CallOptions) => Promise<RetentionReport>;
  readonly keys: ProjectKeys;
};

/** Keys of a project, for the root key and for keys of the project that may manage it. */
export type ProjectKeys = {
  /** Newest first, expired and revoked ones too. */
  readonly list: (projectId: string, options?: CallOptions) => Promise<ProjectKeyList>;
  /** The answer has the key itself, for the only time. */
  readonly create: (projectId: string, body: ProjectKeyBody, options?: CallOptions) => Promise<NewProjectKey>;
  readonly get: (projectId: string, keyId: string, options?: CallOptions) => Promise<ProjectKey>;
  /** Another secret for the same key. The old one dies after the grace, in seconds; default 0: at once. */
  readonly roll: (
    projectId: string,
    keyId: string,
    graceSeconds?: number,
    options?: CallOptions,
  ) => Promise<NewProjectKey>;
  /** The key is refused from now on. */
  readonly revoke: (projectId: string, keyId: string, options?: CallOptions) => Promise<void>;
};

const path = '/api/projects';

/** The projects noun over one transport. */
export function projectsOver(transport: Transport): Projects {
  const at = (id: string, rest = ''): string => `${path}/${encodeURIComponent(id)}${rest}`;
  return {
    list: (options) => sendCall(transport, { ...options, method: 'GET', path }, projectList),
    create: (body, options) => sendCall(transport, { ...options, method: 'POST', path, body }, project),
    get: (id, options) => sendCall(transport, { ...options, method: 'GET', path: at(id) }, project),
    update: (id, body, options) =>
      sendCall(transport, { ...options, method: 'PATCH', path: at(id), body }, project),
    previewDeletion: (id, options) =>
      sendCall(transport, { ...options, method: 'DELETE', path: at(id) }, projectDeletion),
    delete: (id, options) => {
      const confirmed = at(id, `?confirm=${encodeURIComponent(id)}`);
      return sendCall(transport, { ...options, method: 'DELETE', path: confirmed }, projectDeletion);
    },
    previewRetention: (id, body = {}, options) =>
      sendCall(
        transport,
        { ...options, method: 'POST', path: at(id, '/retention/preview'), body },
        retentionReport,
      ),
    runRetention: (id, options) =>
      sendCall(transport, { ...options, method: 'POST', path: at(id, '/retention/run') }, retentionReport),
    keys: keysOver(transport),
  };
}

function keysOver(transport: Transport): ProjectKeys {
  const all = (projectId: string): string => `${path}/${encodeURIComponent(projectId)}/keys`;
  const one = (projectId: string, keyId: string): string => `${all(projectId)}/${encodeURIComponent(keyId)}`;
  return {
    list: (projectId, options) =>
      sendCall(transport, { ...options, method: 'GET', path: all(projectId) }, projectKeyList),
    create: (projectId, body, options) =>
      sendCall(transport, { ...options, method: 'POST', path: all(projectId), body }, newProjectKey),
    get: (projectId, keyId, options) =>
      sendCall(transport, { ...options, method: 'GET', path: one(projectId, keyId) }, projectKey),
    roll: (projectId, keyId, graceSeconds = 0, options) =>
      sendCall(
        transport,
        {
          ...options,
          method: 'POST',
          path: `${one(projectId, keyId)}/roll`,
          body: { grace_seconds: graceSeconds },
        },
        newProjectKey,
      ),
    revoke: (projectId, keyId, options) =>
      sendEmptyCall(transport, { ...options, method: 'DELETE', path: one(projectId, keyId) }),
  };
}
