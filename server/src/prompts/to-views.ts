import type { Label, Split } from './labels/label.ts';
import type { LabelMove } from './labels/label-queries.ts';
import type { Prompt, PromptVersion } from './versions/prompt.ts';
import type { SnippetUse } from './versions/version-queries.ts';

/** A prompt as `/api` shows it. */
export function toPromptView(prompt: Prompt, labels: readonly Label[]): Record<string, unknown> {
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
    created_at: toSeconds(prompt.createdAt),
  };
}

export function toVersionView(version: PromptVersion): Record<string, unknown> {
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

export function toMoveView(move: LabelMove): Record<string, unknown> {
  return {
    object: 'prompt.label_move',
    label: move.label,
    from_version: move.fromVersion,
    to_version: move.toVersion,
    moved_by: move.keyId,
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

export function toList(data: readonly unknown[]): Record<string, unknown> {
  return { object: 'list', data };
}

function toSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
