import type { JudgeAgreement } from '@pictor/api';

/** An evaluation that new versions of a prompt are held against. */
export type Gate = {
  readonly id: string;
  readonly projectId: string;
  readonly evaluationId: string;
  readonly promptId: string;
  /** Labels that move only to versions that passed. */
  readonly labels: readonly string[];
  readonly runsOnNewVersion: boolean;
  /** The worst verdict that lets a version through. */
  readonly minimum: 'pass' | 'warn';
  /** The judges that decide, as they stood when it was made. */
  readonly judges: readonly JudgeAgreement[];
  /** The key that its runs act for. */
  readonly keyId: string;
  readonly createdAt: Date;
};
