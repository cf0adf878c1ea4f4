import type { ApiKey, Project, Retention } from './project.ts';

export function toProjectView(project: Project) {
  return {
    id: project.id,
    object: 'project',
    name: project.name,
    created_at: toSeconds(project.createdAt),
    retention: toRetentionView(project.retention),
  };
}

function toRetentionView(retention: Retention) {
  return {
    images_days: retention.imagesDays,
    requests_days: retention.requestsDays,
    files_days: retention.filesDays,
  };
}

/** A key as answers show it: the key itself is in the answer that made it, and in no other. */
export function toKeyView(key: ApiKey) {
  const now = new Date();
  const previous =
    key.previousExpiresAt !== null && key.previousExpiresAt > now ? key.previousExpiresAt : null;
  return {
    id: key.id,
    object: 'project.api_key',
    project: key.projectId,
    name: key.name,
    hint: key.hint,
    scopes: key.scopes,
    allowed_models: key.allowedModels,
    status: statusOf(key, now),
    created_at: toSeconds(key.createdAt),
    expires_at: key.expiresAt === null ? null : toSeconds(key.expiresAt),
    last_used_at: key.lastUsedAt === null ? null : toSeconds(key.lastUsedAt),
    revoked_at: key.revokedAt === null ? null : toSeconds(key.revokedAt),
    previous_expires_at: previous === null ? null : toSeconds(previous),
  };
}

function statusOf(key: ApiKey, now: Date): 'active' | 'expired' | 'revoked' {
  if (key.revokedAt !== null) return 'revoked';
  return key.expiresAt !== null && key.expiresAt <= now ? 'expired' : 'active';
}

function toSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
