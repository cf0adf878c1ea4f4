import type { Extraction, JudgeContext, Judged, JudgePicture } from '../../judges/index.ts';
import { JudgeFailure } from '../../judges/index.ts';
import { CellError } from '../cell-error.ts';
import type { Reader } from '../references/open-reader.ts';
import { isEmpty, toText } from '../references/read-values.ts';
import type { ColumnParts } from './column-parts.ts';
import type { CellContext, CellResult, ColumnRunner, ConfigOf } from './column-runner.ts';

type Assertion = { readonly images: readonly string[]; readonly statements: readonly string[] };

export const llmAssertion: ColumnRunner<'llm_assertion', Assertion> = {
  isPaid: true,
  isScore: true,
  read: (config, reader) => ({
    images: reader.pictures(config.images),
    statements: readStatements(config, reader),
  }),
  run: async ({ images, statements }, config, parts, context) =>
    await judged(parts, context, async (judgeContext) => {
      const pictures = await findPictures(parts, context, images);
      const task = { pictures, statements, ...modelOf(config) };
      const { verdicts, ...facts } = await parts.judges.assert(task, judgeContext);
      const held = verdicts.filter(({ holds }) => holds).length;
      const passed = held === verdicts.length;
      const value = verdicts.length === 1 ? passed : verdicts.map(({ holds }) => holds);
      return { ...toResult(facts, { verdicts }), value, passed, score: held / verdicts.length, images };
    }),
};

function readStatements(config: ConfigOf<'llm_assertion'>, reader: Reader): readonly string[] {
  const own = (config.statements ?? []).map((statement) => reader.text(statement));
  const from = config.statements_from === undefined ? null : reader.value(config.statements_from);
  const list: readonly unknown[] = isEmpty(from) ? [] : Array.isArray(from) ? from : [from];
  const statements = [...own, ...list.map(toText)].filter((statement) => statement.trim() !== '');
  if (statements.length === 0) throw new CellError('invalid_input', 'There is no statement to judge.');
  return statements;
}

type Scored = {
  readonly images: readonly string[];
  readonly references: readonly string[];
  readonly criterion: string;
};

const defaultRange = { min: 1, max: 10 };

export const llmScore: ColumnRunner<'llm_score', Scored> = {
  isPaid: true,
  isScore: true,
  read: (config, reader) => ({
    images: reader.pictures(config.images),
    references: reader.anyPictures(config.references ?? []),
    criterion: reader.text(config.criterion),
  }),
  run: async ({ criterion, images, references }, config, parts, context) =>
    await judged(parts, context, async (judgeContext) => {
      const { max = defaultRange.max, min = defaultRange.min } = config;
      const { reason, score, ...facts } = await parts.judges.score(
        {
          pictures: await findPictures(parts, context, images),
          references: await findPictures(parts, context, references),
          ...{ criterion, min, max },
          ...modelOf(config),
        },
        judgeContext,
      );
      const share = max === min ? 1 : (score - min) / (max - min);
      return { ...toResult(facts, { reason }), value: score, score: share, images };
    }),
};

type Pair = { readonly a: readonly string[]; readonly b: readonly string[]; readonly criterion: string };

const shares = { a: 1, tie: 0.5, b: 0 } as const;

export const pairwise: ColumnRunner<'pairwise', Pair> = {
  isPaid: true,
  isScore: true,
  read: (config, reader) => ({
    a: reader.pictures([config.a]),
    b: reader.pictures([config.b]),
    criterion: reader.text(config.criterion),
  }),
  run: async ({ a, b, criterion }, config, parts, context) =>
    await judged(parts, context, async (judgeContext) => {
      const [left, right] = [await findPictures(parts, context, a), await findPictures(parts, context, b)];
      const task = { a: left, b: right, criterion, ...modelOf(config) };
      const { agrees, reasons, winner, ...facts } = await parts.judges.prefer(task, judgeContext);
      return { ...toResult(facts, { agrees, reasons }), value: winner, score: shares[winner] };
    }),
};

export const extraction: ColumnRunner<'extraction', { readonly images: readonly string[] }> = {
  isPaid: true,
  isScore: false,
  read: (config, reader) => ({ images: reader.pictures(config.images) }),
  run: async ({ images }, config, parts, context) =>
    await judged(parts, context, async (judgeContext) => {
      const { attributes, extract = 'caption' } = config;
      const task = {
        pictures: await findPictures(parts, context, images),
        extract,
        ...(attributes === undefined ? {} : { attributes }),
        ...modelOf(config),
      };
      const { value, ...facts } = await parts.judges.extract(task, judgeContext);
      return { ...toResult(facts, null), value: value satisfies Extraction['value'], images };
    }),
};

/** Calls of one judgement have keys of their own, made of the cell's. */
async function judged(
  parts: ColumnParts,
  context: CellContext,
  work: (judgeContext: JudgeContext) => Promise<CellResult>,
): Promise<CellResult> {
  const { calls } = parts;
  const judgeContext: JudgeContext = {
    projectId: context.projectId,
    signal: context.signal,
    send: async ({ body, name, path, signal }) => {
      const idempotencyKey = `${context.idempotencyKey}-${name}`;
      return (await calls.send({ ...context, signal }, { path, body, idempotencyKey })).json;
    },
  };
  try {
    return await work(judgeContext);
  } catch (error) {
    if (!(error instanceof JudgeFailure)) throw error;
    throw new CellError(error.reason, error.message, {
      costNanoUsd: error.costNanoUsd,
      requestId: error.responseId,
    });
  }
}

function toResult(facts: Judged, evidence: object | null): Omit<CellResult, 'value'> {
  return {
    evidence: { ...evidence, model: facts.model, cached: facts.isCached },
    costNanoUsd: facts.costNanoUsd,
    requestId: facts.responseIds.at(-1) ?? null,
  };
}

async function findPictures(
  { pictures }: ColumnParts,
  { projectId }: CellContext,
  ids: readonly string[],
): Promise<readonly JudgePicture[]> {
  return await Promise.all(
    ids.map(async (id) => ({
      hash: (await pictures.find(projectId, id)).hash,
      path: await pictures.pathOf(projectId, id),
    })),
  );
}

function modelOf({ model }: { readonly model?: string | undefined }): { readonly model?: string } {
  return model === undefined ? {} : { model };
}
