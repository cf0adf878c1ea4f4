import { PictorError } from '../../foundation/index.ts';
import type { VersionGate } from '../../prompts/index.ts';
import type { Gate } from './gate.ts';
import { findGateRun, insertGateRun, listGates } from './gate-queries.ts';

/** What evaluations say when labels move and versions are saved. */
export type EvaluationGate = VersionGate & {
  /** Hears when runs were added to the database. */
  readonly follow: (wake: () => void) => void;
};

export function openVersionGate(): EvaluationGate {
  let wake: () => void = () => undefined;
  return {
    follow: (listener) => {
      wake = listener;
    },
    checkMove: async (sql, prompt, label, versions) => {
      const gates = await listGates(sql, { promptId: prompt.id });
      for (const gate of gates.filter(({ labels }) => labels.includes(label))) {
        for (const version of versions) {
          const run = await findGateRun(sql, gate, version);
          const isThrough =
            run?.status === 'completed' &&
            (run.verdict === 'pass' || (gate.minimum === 'warn' && run.verdict === 'warn'));
          if (!isThrough) throw refused(gate, label, version, run);
        }
      }
    },
    noteVersion: async (sql, prompt, version) => {
      const gates = await listGates(sql, { promptId: prompt.id });
      for (const gate of gates.filter(({ runsOnNewVersion }) => runsOnNewVersion)) {
        await insertGateRun(sql, gate, version);
      }
    },
    committed: () => wake(),
  };
}

function refused(
  gate: Gate,
  label: string,
  version: number,
  run: Awaited<ReturnType<typeof findGateRun>>,
): PictorError {
  return new PictorError({
    code: 'label_gated',
    message: `The label '${label}' moves only to versions that passed the evaluation ${gate.evaluationId}. ${explain(version, run)}`,
    param: 'version',
    details: {
      gate: gate.id,
      evaluation: gate.evaluationId,
      version,
      run: run?.id ?? null,
      verdict: run?.verdict ?? null,
    },
  });
}

function explain(version: number, run: Awaited<ReturnType<typeof findGateRun>>): string {
  if (run === null) return `Version ${version} has not been evaluated: start a run over it.`;
  switch (run.status) {
    case 'queued':
    case 'running':
      return `The run ${run.id} over version ${version} is not over yet.`;
    case 'waiting':
      return `The run ${run.id} over version ${version} waits for people's ratings.`;
    case 'completed':
      return `The run ${run.id} over version ${version} ended with '${run.verdict ?? 'no verdict'}'.`;
    default:
      return `The run ${run.id} over version ${version} did not come to its end.`;
  }
}
