import { expect } from 'vitest';
import type { Behaviour } from '../../../../tests/upstreams/serve-upstream.ts';
import type { ProviderError } from '../../../models/index.ts';
import { runToError } from '../../../models/testing/run-to-error.ts';
import { sampleJob } from '../../../models/testing/sample-jobs.ts';
import { openSubject, rowOf } from './open-subject.ts';

/** What an answer means that is none; it is asked for once, whatever it is. */
export async function fail(instead: NonNullable<Behaviour['instead']>): Promise<ProviderError> {
  const { upstream, model } = await openSubject();
  upstream.next({ instead });
  const job = await sampleJob(rowOf('gemini-3-pro-image'), 'images.generations');
  const error = await runToError(model, job);
  expect(upstream.calls).toHaveLength(1);
  return error;
}
