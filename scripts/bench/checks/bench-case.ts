import type { CheckInputs } from '../../../server/src/checks/index.ts';
import type { Studio } from './open-studio.ts';

/** A picture with or without a fault, and the check that is to tell. */
export type BenchCase = {
  readonly check: string;
  /** What the fault is, or what makes the sound picture hard. */
  readonly what: string;
  readonly isFaulty: boolean;
  readonly inputs: CheckInputs;
  readonly options?: Readonly<Record<string, unknown>>;
};

export type MakeCases = (studio: Studio) => Promise<readonly BenchCase[]>;
