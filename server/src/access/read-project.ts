import type { Project, ProjectChange, Retention } from './project.ts';
import { type Members, readMembers, readName, refuse, requireName } from './read-body.ts';

const members: readonly string[] = ['name', 'retention'];
const maxDays = 36_500;

const retentionMembers = {
  images_days: 'imagesDays',
  requests_days: 'requestsDays',
  files_days: 'filesDays',
} as const;

const keepsEverything: Retention = { imagesDays: null, requestsDays: null, filesDays: null };

/** Reads the body that makes a project. Throws the caller's errors. */
export function readNewProject(body: unknown): Pick<Project, 'name' | 'retention'> {
  const { name, retention } = readMembers(body, 'A project', members);
  return {
    name: requireName(name, 'the project'),
    retention: { ...keepsEverything, ...readRetention(retention) },
  };
}

/** Reads the body that changes a project. Throws the caller's errors. */
export function readProjectChange(body: unknown): ProjectChange {
  const { name, retention } = readMembers(body, 'A project', members);
  const change = readName(name);
  const kept = readRetention(retention);
  if (change !== undefined || Object.keys(kept).length > 0) {
    return { ...(change === undefined ? {} : { name: change }), retention: kept };
  }
  throw refuse('missing_required_parameter', 'Say what changes: name, retention, or both.', 'name');
}

/**
 * Reads `{images_days, requests_days, files_days}`: days after which things go, null for never. Members that are not
 * there are not in what is given. Throws the caller's errors.
 */
export function readRetention(value: unknown): Partial<Retention> {
  if (value === undefined || value === null) return {};
  const sent: Members = readMembers(value, 'A retention', Object.keys(retentionMembers));
  const read = Object.entries(retentionMembers).flatMap(([wire, name]) => {
    const days = sent[wire];
    if (days === undefined) return [];
    if (days === null || (Number.isInteger(days) && Number(days) >= 1 && Number(days) <= maxDays)) {
      return [[name, days] as const];
    }
    throw refuse(
      'invalid_value',
      `${wire} must be a whole number of days from 1 to ${maxDays}, or null for ever.`,
      `retention.${wire}`,
    );
  });
  return Object.fromEntries(read);
}
