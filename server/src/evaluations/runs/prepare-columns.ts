import type { DatasetField, EvaluationColumn } from '@pictor/api';
import { PictorError } from '../../foundation/index.ts';
import { type Prompts, readName } from '../../prompts/index.ts';
import type { RunColumn } from './run.ts';

/** Another version of prompts: id, name or number → version or label. */
export type PromptOverrides = Readonly<Record<string, string | number>>;

/**
 * Columns as a run keeps them: versions of prompts by their numbers, and what their variables read. Throws `not_found`
 * for prompts, versions and labels that are not there.
 */
export async function prepareColumns(
  prompts: Pick<Prompts, 'find' | 'choose'>,
  projectId: string,
  wanted: {
    readonly columns: readonly RunColumn[];
    readonly fields: readonly DatasetField[];
    readonly overrides: PromptOverrides;
  },
): Promise<readonly RunColumn[]> {
  const versions = await readOverrides(prompts, projectId, wanted.overrides);
  const known = new Set(wanted.fields.map(({ name }) => name));
  const columns: RunColumn[] = [];
  const used = new Set<string>();
  for (const column of wanted.columns) {
    if (column.type === 'prompt_template') {
      const prepared = await preparePrompt(prompts, projectId, column, { versions, known });
      used.add(prepared.config.prompt);
      columns.push(prepared);
    } else columns.push(column);
    known.add(column.name);
  }
  const unused = [...versions].find(([promptId]) => !used.has(promptId));
  if (unused !== undefined) {
    throw new PictorError({
      code: 'invalid_value',
      message: `No column runs the prompt '${unused[1].asked.slice(0, 100)}'.`,
      param: 'prompts',
    });
  }
  return columns;
}

type PromptColumn = Extract<EvaluationColumn, { type: 'prompt_template' }> & { readonly id: string };
type Versions = ReadonlyMap<string, { readonly asked: string; readonly selector: string | number }>;

async function readOverrides(
  prompts: Pick<Prompts, 'find'>,
  projectId: string,
  overrides: PromptOverrides,
): Promise<Versions> {
  const versions = new Map<string, { asked: string; selector: string | number }>();
  for (const [asked, selector] of Object.entries(overrides)) {
    versions.set((await prompts.find(projectId, readName(asked))).id, { asked, selector });
  }
  return versions;
}

async function preparePrompt(
  prompts: Pick<Prompts, 'choose'>,
  projectId: string,
  column: PromptColumn,
  { known, versions }: { readonly known: ReadonlySet<string>; readonly versions: Versions },
): Promise<PromptColumn> {
  const { config } = column;
  const own = { version: config.version, label: config.version === undefined ? config.label : undefined };
  const first = await prompts.choose(projectId, readName(config.prompt), own);
  const override = versions.get(first.prompt.id)?.selector;
  const chosen =
    override === undefined
      ? first
      : await prompts.choose(
          projectId,
          { id: first.prompt.id },
          typeof override === 'number' ? { version: override } : { label: override },
        );
  const names = chosen.template.input_variables.filter((name) => known.has(name));
  const { label: _label, ...rest } = config;
  return {
    ...column,
    config: {
      ...rest,
      prompt: chosen.prompt.id,
      version: chosen.version.version,
      ...(override === undefined && config.label !== undefined ? { label: config.label } : {}),
      variables: config.variables ?? Object.fromEntries(names.map((name) => [name, `{${name}}`])),
    },
  };
}
