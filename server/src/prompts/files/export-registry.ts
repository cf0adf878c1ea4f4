import { listLabels } from '../labels/label-queries.ts';
import type { PromptsSql } from '../tables.ts';
import { listPrompts } from '../versions/prompt-queries.ts';
import { listVersions } from '../versions/version-queries.ts';
import type { RegistryFile } from './prompt-file.ts';
import { writePromptFile } from './write-prompt-file.ts';

const pageSize = 200;

/** Every prompt of a project, archived ones too, as files in the order of their paths. */
export async function exportRegistry(sql: PromptsSql, projectId: string): Promise<readonly RegistryFile[]> {
  const files: RegistryFile[] = [];
  for (let offset = 0; ; offset += pageSize) {
    const { prompts } = await listPrompts(sql, projectId, { status: 'all', limit: pageSize, offset });
    for (const prompt of prompts) {
      const labels = await listLabels(sql, [prompt.id]);
      files.push(writePromptFile(prompt, await listVersions(sql, prompt.id), labels));
    }
    if (prompts.length < pageSize) break;
  }
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
