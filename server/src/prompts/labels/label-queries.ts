import { z } from 'zod';
import { cleanText, type Row, takeNumber } from '../../database/index.ts';

import type { PromptsSql } from '../tables.ts';
import type { Label, Split } from './label.ts';

/** How a label moved once. Null: from nowhere, or gone. */
export type LabelMove = {
  readonly id: string;
  readonly label: string;
  readonly fromVersion: number | null;
  readonly toVersion: number | null;
  readonly keyId: string | null;
  readonly createdAt: Date;
};

const shares = z.array(z.object({ version: z.int(), percent: z.number() }));
const storedSplit = z.object({
  shares,
  segments: z.array(z.object({ metadata: z.record(z.string(), z.array(z.string())), shares })),
  stickyBy: z.string().nullable(),
});

/** Puts a label where there was none, or in place of the one there was. */
export async function upsertLabel(
  sql: PromptsSql,
  projectId: string,
  label: Omit<Label, 'number'>,
): Promise<Label> {
  const changing = {
    version: label.version,
    is_protected: label.isProtected,
    split: label.split === null ? null : JSON.stringify(label.split),
  };
  const row = await sql
    .insertInto('prompt_labels')
    .values({
      id: label.id,
      number: await takeNumber(sql, projectId, 'label'),
      prompt_id: label.promptId,
      name: cleanText(label.name),
      created_at: label.createdAt,
      ...changing,
    })
    .onConflict((conflict) => conflict.columns(['prompt_id', 'name']).doUpdateSet(changing))
    .returningAll()
    .executeTakeFirstOrThrow();
  return toLabel(row);
}

export async function findLabel(sql: PromptsSql, promptId: string, name: string): Promise<Label | null> {
  const row = await sql
    .selectFrom('prompt_labels')
    .where('prompt_id', '=', promptId)
    .where('name', '=', cleanText(name))
    .selectAll()
    .executeTakeFirst();
  return row === undefined ? null : toLabel(row);
}

/** Null: the project has no label of this number. */
export async function findLabelByNumber(
  sql: PromptsSql,
  projectId: string,
  number: number,
): Promise<Label | null> {
  const row = await sql
    .selectFrom('prompt_labels')
    .innerJoin('prompts', 'prompts.id', 'prompt_labels.prompt_id')
    .where('prompts.project_id', '=', projectId)
    .where('prompt_labels.number', '=', number)
    .selectAll('prompt_labels')
    .executeTakeFirst();
  return row === undefined ? null : toLabel(row);
}

export async function listLabels(sql: PromptsSql, promptIds: readonly string[]): Promise<Label[]> {
  if (promptIds.length === 0) return [];
  const rows = await sql
    .selectFrom('prompt_labels')
    .where('prompt_id', 'in', promptIds)
    .orderBy('name')
    .selectAll()
    .execute();
  return rows.map(toLabel);
}

export async function deleteLabel(sql: PromptsSql, promptId: string, name: string): Promise<void> {
  await sql
    .deleteFrom('prompt_labels')
    .where('prompt_id', '=', promptId)
    .where('name', '=', cleanText(name))
    .execute();
}

export async function insertMove(sql: PromptsSql, promptId: string, move: LabelMove): Promise<void> {
  await sql
    .insertInto('prompt_label_moves')
    .values({
      id: move.id,
      prompt_id: promptId,
      label: cleanText(move.label),
      from_version: move.fromVersion,
      to_version: move.toVersion,
      api_key_id: move.keyId,
      created_at: move.createdAt,
    })
    .execute();
}

/** Newest first. */
export async function listMoves(sql: PromptsSql, promptId: string): Promise<LabelMove[]> {
  const rows = await sql
    .selectFrom('prompt_label_moves')
    .where('prompt_id', '=', promptId)
    .orderBy('id', 'desc')
    .selectAll()
    .execute();
  return rows.map((row) => ({
    id: row.id,
    label: row.label,
    fromVersion: row.from_version,
    toVersion: row.to_version,
    keyId: row.api_key_id,
    createdAt: row.created_at,
  }));
}

function toLabel(row: Row<'prompt_labels'>): Label {
  return {
    id: row.id,
    number: row.number,
    promptId: row.prompt_id,
    name: row.name,
    version: row.version,
    isProtected: row.is_protected,
    split: row.split === null ? null : (storedSplit.parse(row.split) satisfies Split),
    createdAt: row.created_at,
  };
}
