import type { CellResult, ColumnRunner } from './column-runner.ts';

const defaultMs = 1_000;

export const code: ColumnRunner<'code', { readonly data: Readonly<Record<string, unknown>> }> = {
  isPaid: false,
  isScore: true,
  read: (_config, reader) => ({ data: reader.row() }),
  run: async ({ data }, config, { sandbox }, { signal }) => {
    const value = await sandbox.run(config.code, data, { timeoutMs: config.timeout_ms ?? defaultMs, signal });
    return toResult(value);
  },
};

/** A value, or an object that says besides whether it is good: `value`, `passed`, `score`, `evidence`. */
export function toResult(value: unknown): CellResult {
  if (typeof value === 'boolean') return { value, passed: value };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { value };
  const passed = 'passed' in value && typeof value.passed === 'boolean' ? value.passed : null;
  const score = 'score' in value && typeof value.score === 'number' ? clamp(value.score) : null;
  if (passed === null && score === null) return { value };
  return {
    value: 'value' in value ? value.value : (passed ?? score),
    passed,
    ...(score === null ? {} : { score }),
    evidence: 'evidence' in value ? value.evidence : null,
  };
}

function clamp(score: number): number {
  return Math.min(1, Math.max(0, score));
}
