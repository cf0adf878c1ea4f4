import type { Database } from '../database/index.ts';
import { findVisionModel, type VisionParts } from './find-vision-model.ts';
import type { Judges } from './judge.ts';
import type { JudgeParts } from './judge-parts.ts';
import { assertStatements } from './kinds/assert-statements.ts';
import { extractFacts } from './kinds/extract-facts.ts';
import { preferPicture } from './kinds/prefer-picture.ts';
import { scorePictures } from './kinds/score-pictures.ts';
import { openVerdicts } from './verdicts/open-verdicts.ts';

const defaultTimeoutMs = 180_000;

/**
 * Models that look at pictures and judge them. Every judgement is a response of this server's own: stored, priced and limited
 * like any other. What was judged once is remembered by the content of the pictures.
 */
export function openJudges(
  parts: VisionParts & {
    readonly database: Pick<Database, 'sql'>;
    /** How long one call may take. Default: 180,000. */
    readonly timeoutMs?: number;
  },
): Judges {
  const known: JudgeParts = {
    ...parts,
    verdicts: openVerdicts(parts.database),
    timeoutMs: parts.timeoutMs ?? defaultTimeoutMs,
  };
  return {
    modelOf: (asked) => findVisionModel(parts, asked).row.id,
    assert: (task, context) => assertStatements(known, task, context),
    score: (task, context) => scorePictures(known, task, context),
    prefer: (task, context) => preferPicture(known, task, context),
    extract: (task, context) => extractFacts(known, task, context),
  };
}
