import { newId, PictorError } from '../../foundation/index.ts';
import type { PromptsSql } from '../tables.ts';
import type { Prompt } from '../versions/prompt.ts';
import { holdPrompt } from '../versions/prompt-queries.ts';
import { findVersion } from '../versions/version-queries.ts';
import type { Label, Share, Split } from './label.ts';
import { deleteLabel, findLabel, insertMove, upsertLabel } from './label-queries.ts';
import type { VersionGate } from './version-gate.ts';

export type NewLabel = {
  readonly name: string;
  readonly version: number;
  /** Absent: as it was, or not. */
  readonly isProtected?: boolean | undefined;
  /** Absent: as it was; null: all traffic goes to `version`. */
  readonly split?: Split | null | undefined;
  /** Of a label that is brought in from elsewhere; absent: now. */
  readonly createdAt?: Date;
  /** Must be true to change a protected label. */
  readonly confirm: boolean;
};

type Mover = { readonly keyId: string };
type GatedMover = Mover & { readonly gate: Pick<VersionGate, 'checkMove'> };

/** Makes a label, or moves it. Throws `label_gated` where a gate refuses it. Its history is written in the same transaction. */
export async function moveLabel(
  sql: PromptsSql,
  mover: GatedMover,
  prompt: Prompt,
  wanted: NewLabel,
): Promise<Label> {
  checkName(wanted.name);
  await holdPrompt(sql, prompt.id);
  const before = await findLabel(sql, prompt.id, wanted.name);
  if (before?.isProtected === true && !wanted.confirm) throw isProtected(wanted.name);
  const split = wanted.split === undefined ? (before?.split ?? null) : wanted.split;
  const versions = await checkVersions(sql, prompt, wanted.version, split);
  const served = before === null ? [] : versionsOf(before.version, before.split);
  const fresh = versions.filter((version) => !served.includes(version));
  if (fresh.length > 0) await mover.gate.checkMove(sql, prompt, wanted.name, fresh);
  const label = await upsertLabel(sql, prompt.projectId, {
    id: before?.id ?? newId('plbl'),
    promptId: prompt.id,
    name: wanted.name,
    version: wanted.version,
    isProtected: wanted.isProtected ?? before?.isProtected ?? false,
    split,
    createdAt: before?.createdAt ?? wanted.createdAt ?? new Date(),
  });
  if (before?.version !== label.version) {
    await insertMove(sql, prompt.id, toMove(mover, label.name, before?.version ?? null, label.version));
  }
  return label;
}

/** Takes a label away. Throws `not_found` and `label_protected`. */
export async function removeLabel(
  sql: PromptsSql,
  mover: Mover,
  prompt: Prompt,
  name: string,
  confirm: boolean,
): Promise<void> {
  await holdPrompt(sql, prompt.id);
  const before = await findLabel(sql, prompt.id, name);
  if (before === null) {
    throw new PictorError({
      code: 'not_found',
      message: `The prompt '${prompt.name}' has no label '${name.slice(0, 100)}'.`,
      param: 'label',
    });
  }
  if (before.isProtected && !confirm) throw isProtected(name);
  await deleteLabel(sql, prompt.id, name);
  await insertMove(sql, prompt.id, toMove(mover, before.name, before.version, null));
}

function toMove(mover: Mover, label: string, fromVersion: number | null, toVersion: number | null) {
  return { id: newId('pmov'), label, fromVersion, toVersion, keyId: mover.keyId, createdAt: new Date() };
}

async function checkVersions(
  sql: PromptsSql,
  prompt: Prompt,
  version: number,
  split: Split | null,
): Promise<readonly number[]> {
  const deals = split === null ? [] : [split.shares, ...split.segments.map((segment) => segment.shares)];
  for (const shares of deals) checkShares(shares);
  const versions = versionsOf(version, split);
  for (const each of versions) {
    if ((await findVersion(sql, prompt.id, each)) !== null) continue;
    throw new PictorError({
      code: 'not_found',
      message: `The prompt '${prompt.name}' has no version ${each}.`,
      param: 'version',
    });
  }
  return versions;
}

/** Every version that gets traffic. */
function versionsOf(version: number, split: Split | null): readonly number[] {
  const deals = split === null ? [] : [split.shares, ...split.segments.map((segment) => segment.shares)];
  return [...new Set([version, ...deals.flat().map((share) => share.version)])];
}

/** Percentages of tenths and the like add up to 100 only nearly. */
function checkShares(shares: readonly Share[]): void {
  const sum = shares.reduce((total, share) => total + share.percent, 0);
  if (shares.every(({ percent }) => percent >= 0) && Math.abs(sum - 100) < 1e-6) return;
  throw new PictorError({
    code: 'invalid_value',
    message: `The percentages of a split are not negative and make 100; these make ${sum}.`,
    param: 'split',
  });
}

function checkName(name: string): void {
  if (/^[^\s@][^@\p{Cc}]{0,254}$/u.test(name) && name.trim() === name) return;
  throw new PictorError({
    code: 'invalid_value',
    message: "A label's name has 1 to 255 characters, no space at its ends, no @ and no control characters.",
    param: 'label',
  });
}

function isProtected(name: string): PictorError {
  return new PictorError({
    code: 'label_protected',
    message: `The label '${name}' is protected. Send "confirm": true to move or remove it all the same.`,
    param: 'label',
  });
}
