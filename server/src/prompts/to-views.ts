import type { Label, Split } from './labels/label.ts';
import type { LabelMove } from './labels/label-queries.ts';
import type { DraftCheck } from './versions/check-draft.ts';
import type { NewestVersion } from './versions/newest-queries.ts';
import type { Prompt, PromptVersion } from './versions/prompt.ts';
import type { SnippetUse } from './versions/version-queries.ts';

type KeyNames = ReadonlyMap<string, string>;

/** A prompt as `/api` shows it. */
export function toPromptView(
  prompt: Prompt,
  labels: readonly Label[],
  newest: readonly NewestVersion[],
): Record<string, unknown> {
  const version = newest.find(({ promptId }) => promptId === prompt.id);
  return {
    id: prompt.id,
    object: 'prompt',
    number: prompt.number,
    name: prompt.name,
    folder: prompt.folder,
    tags: prompt.tags,
    latest_version: prompt.latestVersion,
    labels: labels.filter((label) => label.promptId === prompt.id).map(toLabelView),
    archived: prompt.archivedAt !== null,
    type: version?.type ?? 'completion',
    model: version?.model ?? null,
    created_at: toSeconds(prompt.createdAt),
    updated_at: toSeconds(version?.createdAt ?? prompt.createdAt),
  };
}

export function toVersionView(version: PromptVersion, keyNames: KeyNames): Record<string, unknown> {
  return {
    id: version.id,
    object: 'prompt.version',
    prompt: version.promptId,
    version: version.version,
    template: version.template,
    model: version.model,
    metadata: version.metadata,
    commit_message: version.commitMessage,
    created_by: version.keyId,
    created_by_name: nameOf(version.keyId, keyNames),
    created_at: toSeconds(version.createdAt),
  };
}

export function toLabelView(label: Label): Record<string, unknown> {
  return {
    object: 'prompt.label',
    name: label.name,
    version: label.version,
    protected: label.isProtected,
    split: label.split === null ? null : toSplitView(label.split),
    created_at: toSeconds(label.createdAt),
  };
}

function toSplitView(split: Split): Record<string, unknown> {
  return {
    shares: split.shares,
    segments: split.segments,
    ...(split.stickyBy === null ? {} : { sticky_by: split.stickyBy }),
  };
}

export function toMoveView(move: LabelMove, keyNames: KeyNames): Record<string, unknown> {
  return {
    object: 'prompt.label_move',
    label: move.label,
    from_version: move.fromVersion,
    to_version: move.toVersion,
    moved_by: move.keyId,
    moved_by_name: nameOf(move.keyId, keyNames),
    created_at: toSeconds(move.createdAt),
  };
}

export function toUseView(use: SnippetUse): Record<string, unknown> {
  return {
    prompt: use.promptName,
    version: use.promptVersion,
    is_latest: use.isLatest,
    pinned_version: use.version,
    pinned_label: use.label,
  };
}

export function toCheckView({ problems, ...check }: DraftCheck): Record<string, unknown> {
  return {
    object: 'prompt.check',
    problems: problems.map(({ code, message, facts }) => ({ code, message, param: facts.param ?? null })),
    ...check,
  };
}

function nameOf(keyId: string | null, keyNames: KeyNames): string | null {
  return keyId === null ? null : (keyNames.get(keyId) ?? null);
}

export function toList(data: readonly unknown[]): Record<string, unknown> {
  return { object: 'list', data };
}

function toSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
