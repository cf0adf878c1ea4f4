import { askDatabase } from '../database/index.ts';
import { newId, PictorError } from '../foundation/index.ts';
import type { KeyTable } from './key-table.ts';
import { defaultProjectId, type Project, type ProjectChange } from './project.ts';
import { insertProject, updateProject } from './project-queries.ts';
import type { AccessDatabase } from './tables.ts';

/** The projects of this server. What they hold is removed by the room `retention`. Changes throw `database_unavailable`. */
export type Projects = {
  /** Oldest first. */
  readonly list: () => readonly Project[];
  /** Throws `not_found`. */
  readonly get: (id: string) => Project;
  readonly create: (project: Pick<Project, 'name' | 'retention'>) => Promise<Project>;
  /** Throws `not_found`. */
  readonly update: (id: string, change: ProjectChange) => Promise<Project>;
  /**
   * Runs work that removes a project's rows. From its begin on the project and its keys are not known any more; if it
   * rejects, they are again. Throws `not_found`, and `invalid_value` for the default project.
   */
  readonly removeDuring: (id: string, work: () => Promise<void>) => Promise<void>;
  /** Calls the listener after every change of a project. */
  readonly onChange: (listener: () => void) => void;
};

export function openProjects(database: AccessDatabase, table: KeyTable): Projects {
  const listeners: (() => void)[] = [];
  const changed = (project: Project): Project => {
    table.setProject(project);
    for (const listener of listeners) listener();
    return project;
  };
  const get = (id: string): Project => {
    const project = table.projects.get(id);
    if (project === undefined) throw noSuchProject();
    return project;
  };
  return {
    list: () =>
      [...table.projects.values()].toSorted(
        (left, right) =>
          left.createdAt.getTime() - right.createdAt.getTime() || (left.id < right.id ? -1 : 1),
      ),
    get,
    create: async (wanted) => {
      const project = { ...wanted, id: newId('proj'), createdAt: new Date() };
      await askDatabase(insertProject(database, project));
      return changed(project);
    },
    update: async (id, change) => {
      get(id);
      const project = await askDatabase(updateProject(database, id, change));
      if (project === null) throw noSuchProject();
      return changed(project);
    },
    removeDuring: async (id, work) => {
      const project = get(id);
      if (id === defaultProjectId) {
        throw new PictorError({
          code: 'invalid_value',
          message: 'The default project cannot be deleted: the root key belongs to it.',
          param: 'id',
        });
      }
      const keys = table.keysOf(id);
      table.removeProject(id);
      try {
        await work();
      } catch (error) {
        table.setProject(project);
        for (const key of keys) table.setKey(key);
        throw error;
      }
    },
    onChange: (listener) => void listeners.push(listener),
  };
}

export function noSuchProject(): PictorError {
  return new PictorError({ code: 'not_found', message: 'There is no project with this id.', param: 'id' });
}
