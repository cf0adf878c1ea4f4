import type { EvaluationColumn, JudgeAgreement } from '@pictor/api';
import { cohensKappa } from '../../statistics/index.ts';
import { isJudge } from '../columns/list-runners.ts';
import { parseReference } from '../references/parse-source.ts';
import type { Cell } from '../runs/cell.ts';
import type { RunColumn } from '../runs/run.ts';

type HumanColumn = Extract<RunColumn, { type: 'human' }>;

/** Cells of a column by their rows. */
type ByRow = ReadonlyMap<string, Cell>;

/**
 * How far every judge says what people say. A judge that chooses between two is held against preferences between the
 * same two, every other against thumbs and scores: both say yes from half of their range on.
 */
export function measureAgreement(
  columns: readonly RunColumn[],
  cells: readonly Cell[],
): readonly JudgeAgreement[] {
  const humans = columns.filter((column): column is HumanColumn => column.type === 'human');
  return columns
    .filter((column) => isJudge(column.type))
    .flatMap((judge) =>
      humans.flatMap((human) => {
        const pairs = pairAnswers(judge, human, byRow(cells, judge.id), byRow(cells, human.id));
        return pairs === null ? [] : describe(judge.name, human.name, pairs);
      }),
    );
}

function byRow(cells: readonly Cell[], columnId: string): ByRow {
  return new Map(
    cells
      .filter((cell) => cell.columnId === columnId && cell.status === 'done')
      .map((cell) => [cell.rowId, cell]),
  );
}

type Pair = readonly [string, string];

/** Null: they answer different questions. */
function pairAnswers(
  judge: RunColumn,
  human: HumanColumn,
  judged: ByRow,
  rated: ByRow,
): readonly Pair[] | null {
  const isChoice = judge.type === 'pairwise';
  if (isChoice !== (human.config.rating === 'preference')) return null;
  const read = judge.type === 'pairwise' ? (cell: Cell) => choiceOf(judge, cell) : yesOrNo;
  return [...judged].flatMap(([rowId, cell]) => {
    const other = rated.get(rowId);
    const [left, right] = [
      read(cell),
      other === undefined ? null : isChoice ? textOf(other) : yesOrNo(other),
    ];
    return left === null || right === null ? [] : [[left, right] as const];
  });
}

function yesOrNo(cell: Cell): string | null {
  if (cell.score === null) return null;
  return cell.score >= 0.5 ? 'yes' : 'no';
}

/** The judge says a or b; people are told of by the names of the sources. */
function choiceOf(judge: Extract<EvaluationColumn, { type: 'pairwise' }>, cell: Cell): string | null {
  if (cell.value === 'tie') return 'tie';
  if (cell.value !== 'a' && cell.value !== 'b') return null;
  return parseReference(judge.config[cell.value])?.name ?? judge.config[cell.value];
}

function textOf(cell: Cell): string | null {
  return typeof cell.value === 'string' ? cell.value : null;
}

function describe(judge: string, human: string, pairs: readonly Pair[]): JudgeAgreement {
  const measured = cohensKappa(pairs);
  if (measured === null) return { judge, human, rows: 0, agreement: null, kappa: null, interval: null };
  const { kappa, observed } = measured;
  return {
    judge,
    human,
    rows: pairs.length,
    agreement: observed,
    kappa,
    interval: kappa === null ? null : intervalOf(kappa, observed, pairs.length),
  };
}

/** Wilson's interval of the share that agrees, seen beyond chance. */
function intervalOf(kappa: number, observed: number, count: number): [number, number] {
  const z = 1.96;
  const centre = (observed + z ** 2 / (2 * count)) / (1 + z ** 2 / count);
  const half =
    (z / (1 + z ** 2 / count)) * Math.sqrt((observed * (1 - observed)) / count + z ** 2 / (4 * count ** 2));
  // (observed - chance) / (1 - chance), solved for chance; where all agree it is taken as one half.
  const chance = kappa === 1 ? 0.5 : (observed - kappa) / (1 - kappa);
  const toKappa = (share: number): number => Math.max(-1, Math.min(1, (share - chance) / (1 - chance)));
  return [toKappa(centre - half), toKappa(centre + half)];
}
