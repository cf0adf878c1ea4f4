import { stringify } from 'yaml';
import type { Label } from '../labels/label.ts';
import type { Prompt, PromptVersion } from '../versions/prompt.ts';
import type { RegistryFile } from './prompt-file.ts';

/** A prompt as YAML that people can read and compare: long texts on lines of their own, members always in one order. */
export function writePromptFile(
  prompt: Prompt,
  versions: readonly PromptVersion[],
  labels: readonly Label[],
): RegistryFile {
  const file = {
    id: prompt.id,
    name: prompt.name,
    ...(prompt.folder === '' ? {} : { folder: prompt.folder }),
    ...(prompt.tags.length === 0 ? {} : { tags: prompt.tags }),
    ...(prompt.archivedAt === null ? {} : { archived_at: prompt.archivedAt.toISOString() }),
    created_at: prompt.createdAt.toISOString(),
    ...(labels.length === 0 ? {} : { labels: Object.fromEntries(labels.map(toLabel)) }),
    versions: versions.toSorted((a, b) => a.version - b.version).map(toVersion),
  };
  return { path: toPath(prompt), content: stringify(file, { lineWidth: 0 }) };
}

function toLabel(label: Label): [string, Record<string, unknown>] {
  const { split } = label;
  const facts = {
    version: label.version,
    ...(label.isProtected ? { protected: true } : {}),
    ...(split === null
      ? {}
      : {
          split: {
            shares: split.shares,
            ...(split.segments.length === 0 ? {} : { segments: split.segments }),
            ...(split.stickyBy === null ? {} : { sticky_by: split.stickyBy }),
          },
        }),
    created_at: label.createdAt.toISOString(),
  };
  return [label.name, facts];
}

function toVersion(version: PromptVersion): Record<string, unknown> {
  return {
    version: version.version,
    ...(version.commitMessage === '' ? {} : { commit_message: version.commitMessage }),
    created_at: version.createdAt.toISOString(),
    ...(version.model === null ? {} : { model: version.model }),
    ...(Object.keys(version.metadata).length === 0 ? {} : { metadata: version.metadata }),
    template: version.template,
  };
}

/** Names may hold what file systems do not take; the end of the id keeps two of them apart. */
function toPath({ id, name, folder }: Prompt): string {
  const clean = (text: string): string =>
    text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
      .replaceAll(/^[.-]+|[.-]+$/g, '')
      .slice(0, 80);
  const folders = folder
    .split('/')
    .map(clean)
    .filter((part) => part !== '');
  const base = clean(name);
  const title = base === name ? base : `${base === '' ? 'prompt' : base}-${id.slice(-6)}`;
  return [...folders, `${title}.yaml`].join('/');
}
