export type {
  Assertion,
  Extraction,
  JudgeContext,
  Judged,
  JudgeOptions,
  JudgePicture,
  JudgeSend,
  Judges,
  Preference,
  Scoring,
} from './judge.ts';
export { JudgeFailure, type JudgeFailureReason } from './judge-failure.ts';
export { openJudges } from './open-judges.ts';
