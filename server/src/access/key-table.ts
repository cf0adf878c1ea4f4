import { timingSafeEqual } from 'node:crypto';
import type { ApiKey, Project } from './project.ts';

/**
 * All projects and keys in memory, so that no request waits for the database to know its caller. Every change goes to
 * the row first, and here as soon as it is committed.
 */
export type KeyTable = {
  readonly projects: ReadonlyMap<string, Project>;
  readonly setProject: (project: Project) => void;
  /** Its keys go with it. */
  readonly removeProject: (id: string) => void;
  readonly setKey: (key: ApiKey) => void;
  /** Null: there is none, or it is another project's. */
  readonly findKey: (projectId: string, id: string) => ApiKey | null;
  /** Of any project. Null: there is none. */
  readonly keyOfId: (id: string) => ApiKey | null;
  /** The key behind a secret's hash, also where a roll replaced the secret and lets it live on. Null: none. */
  readonly keyOfHash: (hash: string, now: Date) => ApiKey | null;
  /** Newest first. */
  readonly keysOf: (projectId: string) => readonly ApiKey[];
};

/** So many hex digits of a hash lead to its keys; the rest is compared without telling how far it agrees. */
const drawerDigits = 4;

export function openKeyTable(allProjects: readonly Project[], allKeys: readonly ApiKey[]): KeyTable {
  const projects = new Map(allProjects.map((project) => [project.id, project]));
  const keys = new Map<string, ApiKey>();
  const drawers = new Map<string, Set<string>>();
  const drawersOf = (key: ApiKey): string[] =>
    [key.hash, key.previousHash].flatMap((hash) => (hash === null ? [] : hash.slice(0, drawerDigits)));
  const removeKey = (key: ApiKey): void => {
    keys.delete(key.id);
    for (const drawer of drawersOf(key)) drawers.get(drawer)?.delete(key.id);
  };
  const setKey = (key: ApiKey): void => {
    const before = keys.get(key.id);
    if (before !== undefined) removeKey(before);
    keys.set(key.id, key);
    for (const drawer of drawersOf(key)) drawers.set(drawer, (drawers.get(drawer) ?? new Set()).add(key.id));
  };
  for (const key of allKeys) setKey(key);
  return {
    projects,
    setProject: (project) => void projects.set(project.id, project),
    removeProject: (id) => {
      projects.delete(id);
      for (const key of [...keys.values()]) if (key.projectId === id) removeKey(key);
    },
    setKey,
    findKey: (projectId, id) => {
      const key = keys.get(id);
      return key?.projectId === projectId ? key : null;
    },
    keyOfId: (id) => keys.get(id) ?? null,
    keyOfHash: (hash, now) => {
      const candidates = drawers.get(hash.slice(0, drawerDigits)) ?? [];
      let found: ApiKey | null = null;
      for (const id of candidates) {
        const key = keys.get(id);
        if (key !== undefined && opens(key, hash, now)) found = key;
      }
      return found;
    },
    keysOf: (projectId) =>
      [...keys.values()]
        .filter((key) => key.projectId === projectId)
        .toSorted((left, right) => (left.id < right.id ? 1 : -1)),
  };
}

function opens(key: ApiKey, hash: string, now: Date): boolean {
  const previous = key.previousExpiresAt !== null && key.previousExpiresAt > now ? key.previousHash : null;
  return isSame(key.hash, hash) || (previous !== null && isSame(previous, hash));
}

/** Both are hex of one length. Takes as long for a near miss as for a far one. */
function isSame(known: string, given: string): boolean {
  return known.length === given.length && timingSafeEqual(Buffer.from(known), Buffer.from(given));
}
