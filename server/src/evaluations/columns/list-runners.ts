import type { EvaluationColumn, EvaluationColumnType } from '@pictor/api';
import type { Reader } from '../references/open-reader.ts';
import { check } from './check.ts';
import { code } from './code.ts';
import type { ColumnParts } from './column-parts.ts';
import type { CellContext, CellResult, ColumnRunner } from './column-runner.ts';
import { endpoint } from './endpoint.ts';
import { human } from './human.ts';
import { extraction, llmAssertion, llmScore, pairwise } from './judge-columns.ts';
import { count, minMax, numericDistance } from './number-columns.ts';
import { promptTemplate } from './prompt-template.ts';
import { compare, contains, regex } from './text-columns.ts';
import { coalesce, jsonPath, variable } from './value-columns.ts';

/** A runner whose column is known, so that its inputs are nobody else's business. */
export type AnyRunner = {
  readonly isPaid: boolean;
  readonly isScore: boolean;
  /** Reads the inputs, and gives them with what is to be done with them. */
  readonly prepare: (column: EvaluationColumn, reader: Reader) => Prepared;
};

export type Prepared = {
  readonly inputs: unknown;
  readonly run: (parts: ColumnParts, context: CellContext) => Promise<CellResult | 'waiting'>;
};

const runners: Readonly<Record<EvaluationColumnType, AnyRunner>> = {
  prompt_template: erase('prompt_template', promptTemplate),
  llm_assertion: erase('llm_assertion', llmAssertion),
  llm_score: erase('llm_score', llmScore),
  pairwise: erase('pairwise', pairwise),
  extraction: erase('extraction', extraction),
  human: erase('human', human),
  code: erase('code', code),
  endpoint: erase('endpoint', endpoint),
  compare: erase('compare', compare),
  contains: erase('contains', contains),
  regex: erase('regex', regex),
  json_path: erase('json_path', jsonPath),
  numeric_distance: erase('numeric_distance', numericDistance),
  count: erase('count', count),
  min_max: erase('min_max', minMax),
  coalesce: erase('coalesce', coalesce),
  variable: erase('variable', variable),
  check: erase('check', check),
};

export function runnerOf(type: EvaluationColumnType): AnyRunner {
  return runners[type];
}

export function isJudge(type: EvaluationColumnType): boolean {
  return type === 'llm_assertion' || type === 'llm_score' || type === 'pairwise';
}

function erase<Type extends EvaluationColumnType, Inputs>(
  type: Type,
  runner: ColumnRunner<Type, Inputs>,
): AnyRunner {
  return {
    isPaid: runner.isPaid,
    isScore: runner.isScore,
    prepare: (column, reader) => {
      if (column.type !== type) throw new TypeError(`A ${column.type} column is none of type ${type}.`);
      // The types of one column belong together, which the compiler cannot tell from the comparison above.
      const config = column.config as Parameters<typeof runner.read>[0];
      const inputs = runner.read(config, reader);
      return { inputs, run: (parts, context) => runner.run(inputs, config, parts, context) };
    },
  };
}
