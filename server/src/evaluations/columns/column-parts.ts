import type { Checks } from '../../checks/index.ts';
import type { GuardedFetch } from '../../fetching/index.ts';
import type { Judges } from '../../judges/index.ts';
import type { Calls } from '../open-calls.ts';
import type { Pictures } from '../open-pictures.ts';
import type { Sandbox } from '../sandbox/open-sandbox.ts';

/** What columns work with. */
export type ColumnParts = {
  readonly calls: Calls;
  readonly pictures: Pictures;
  readonly sandbox: Sandbox;
  readonly fetching: Pick<GuardedFetch, 'ask'>;
  readonly judges: Judges;
  readonly checks: Pick<Checks, 'find' | 'run'>;
};
