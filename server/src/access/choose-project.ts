import { PictorError } from '../foundation/index.ts';
import type { KeyTable } from './key-table.ts';
import { type ApiKey, type Project, rootKeyId } from './project.ts';

/** How a request may name the project that it is for. */
export type NamedProject = {
  readonly header: string | undefined;
  /** `?project=` */
  readonly query: unknown;
  /** OpenAI's own header. Its clients send it by themselves where OPENAI_PROJECT_ID is set. */
  readonly openai: string | undefined;
  /** What the browser chose last: it counts where nothing else names one, and only as long as it may. */
  readonly chosen?: string | undefined;
};

/**
 * The project that a request acts for: its key's own. The root key may name another. Throws `mismatched_project` for
 * every other key that names one which is not its own, whether it exists or not.
 */
export function chooseProject(table: KeyTable, key: ApiKey, named: NamedProject): Project {
  const name = readName(named) ?? readChosen(table, key, named.chosen);
  if (name !== null && name !== key.projectId && key.id !== rootKeyId) throw mismatch();
  const project = table.projects.get(name ?? key.projectId);
  if (project !== undefined) return project;
  throw new PictorError({
    code: 'not_found',
    message: 'There is no project with this id.',
    param: 'project',
  });
}

/** Null: the request names none. */
function readName({ header, query, openai }: NamedProject): string | null {
  if (query !== undefined && typeof query !== 'string') throw several();
  const names = new Set([header, query, isOurs(openai) ? openai : undefined]);
  names.delete(undefined);
  names.delete('');
  if (names.size > 1) throw several();
  const [name] = names;
  return name ?? null;
}

/** A choice is older than the request that carries it: one that no longer holds is passed over, not refused. */
function readChosen(table: KeyTable, key: ApiKey, chosen: string | undefined): string | null {
  const holds = chosen !== undefined && key.id === rootKeyId && table.projects.has(chosen);
  return holds ? chosen : null;
}

/** A project of OpenAI's, which its client names by itself, says nothing about a project here. */
function isOurs(id: string | undefined): boolean {
  return id !== undefined && /^proj_(?:default|[0-9a-f]{32})$/.test(id);
}

function several(): PictorError {
  return new PictorError({
    code: 'invalid_value',
    message: 'The request names more than one project. Name it once, in x-pictor-project or in ?project=.',
    param: 'project',
  });
}

function mismatch(): PictorError {
  return new PictorError({
    code: 'mismatched_project',
    message:
      'This key belongs to another project than the one that the request names. Leave the name out, or use a key of that project.',
    param: 'project',
  });
}
