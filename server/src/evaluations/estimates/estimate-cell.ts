import { CellError } from '../cell-error.ts';
import type { ColumnParts } from '../columns/column-parts.ts';
import type { CellContext } from '../columns/column-runner.ts';
import { toBody } from '../columns/prompt-template.ts';
import type { Acting } from '../open-calls.ts';
import type { RunColumn } from '../runs/run.ts';

/** Nano-USD. */
export type CellEstimate = { readonly low: number; readonly high: number };

/**
 * What a cell may cost, from the same door that would do it. Null: nobody can tell, as with conversations and judges.
 * Throws nothing but what aborts.
 */
export async function estimateCell(
  parts: Pick<ColumnParts, 'calls' | 'pictures'>,
  column: RunColumn,
  inputs: unknown,
  context: Acting & Pick<CellContext, 'runId' | 'rowId'>,
): Promise<CellEstimate | null> {
  if (column.type !== 'prompt_template') return null;
  try {
    const run = await toBody(inputs as Parameters<typeof toBody>[0], column.config, parts.pictures, context);
    const { model, parameters, variables, version } = run;
    const { json } = await parts.calls.send(context, {
      path: '/v1/images/estimate',
      body: {
        prompt_template: { id: column.config.prompt, version, variables },
        ...(typeof parameters === 'object' ? parameters : {}),
        ...(model === undefined ? {} : { model }),
      },
    });
    const { high_nano_usd: high, low_nano_usd: low } = json;
    return typeof high === 'number' && typeof low === 'number' ? { low, high } : null;
  } catch (error) {
    if (error instanceof CellError) return null;
    throw error;
  }
}
