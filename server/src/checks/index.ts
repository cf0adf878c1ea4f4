export { CheckFailure, type CheckFailureReason } from './check-failure.ts';
export type { CheckDescription, CheckInput, CheckInputs, CheckResult } from './image-check.ts';
export { type Checks, openChecks } from './open-checks.ts';
