import { cleanText, type Row } from '../database/index.ts';
import type { Project, ProjectChange } from './project.ts';
import type { AccessDatabase } from './tables.ts';

export async function listProjects(database: AccessDatabase): Promise<Project[]> {
  return (await database.sql.selectFrom('projects').selectAll().execute()).map(toProject);
}

export async function insertProject(database: AccessDatabase, project: Project): Promise<void> {
  await database.sql
    .insertInto('projects')
    .values({
      id: project.id,
      name: cleanText(project.name),
      created_at: project.createdAt,
      retention_images_days: project.retention.imagesDays,
      retention_requests_days: project.retention.requestsDays,
      retention_files_days: project.retention.filesDays,
    })
    .execute();
}

/** The project as it is afterwards; null: there is none. At least one member changes. */
export async function updateProject(
  database: AccessDatabase,
  id: string,
  { name, retention = {} }: ProjectChange,
): Promise<Project | null> {
  const { imagesDays, requestsDays, filesDays } = retention;
  const row = await database.sql
    .updateTable('projects')
    .set({
      ...(name === undefined ? {} : { name: cleanText(name) }),
      ...(imagesDays === undefined ? {} : { retention_images_days: imagesDays }),
      ...(requestsDays === undefined ? {} : { retention_requests_days: requestsDays }),
      ...(filesDays === undefined ? {} : { retention_files_days: filesDays }),
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : toProject(row);
}

function toProject(row: Row<'projects'>): Project {
  return {
    id: row.id,
    name: row.name,
    createdAt: row.created_at,
    retention: {
      imagesDays: row.retention_images_days,
      requestsDays: row.retention_requests_days,
      filesDays: row.retention_files_days,
    },
  };
}
