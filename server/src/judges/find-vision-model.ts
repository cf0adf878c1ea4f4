import type { Catalogue } from '../catalogue/index.ts';
import type { ModelRow } from '../models/index.ts';
import type { Routing } from '../routing/index.ts';
import { JudgeFailure } from './judge-failure.ts';

export type VisionParts = {
  readonly catalogue: Pick<Catalogue, 'find' | 'rows'>;
  readonly routing: Pick<Routing, 'mainline' | 'engineOf'>;
  /** The operator's choice; undefined: none. */
  readonly judgeModel: string | undefined;
};

/** Where nobody says which: good enough to judge, and not the dearest. */
const usual = [
  'gpt-5.4-mini',
  'gpt-5.4',
  'gpt-4.1-mini',
  'gpt-4.1',
  'gemini-3.1-flash-image',
  'gemini-2.5-flash-image',
];

const none =
  'No model that sees pictures is configured, so nothing was judged. Set OPENAI_API_KEY or GEMINI_API_KEY, or name a chat model with sees_pictures in pictor.yaml; PICTOR_JUDGE_MODEL chooses among several.';

/** The name of the model that judges: what was asked, the operator's choice, or the first that can. Throws a JudgeFailure. */
export function findVisionModel(
  parts: VisionParts,
  asked: string | undefined,
): { name: string; row: ModelRow } {
  const named = asked ?? parts.judgeModel;
  if (named !== undefined) {
    const row = parts.catalogue.find(named)?.row;
    if (row === undefined) {
      throw new JudgeFailure('judge_unavailable', `The model '${named.slice(0, 100)}' does not exist here.`);
    }
    if (sees(parts, named, row)) return { name: named, row };
    throw new JudgeFailure(
      'judge_unavailable',
      `The model '${named.slice(0, 100)}' cannot judge: nobody is configured who lets it look at pictures.`,
    );
  }
  const isText = (row: ModelRow): boolean => row.family === 'text';
  const rows = [
    ...usual.flatMap((id) => parts.catalogue.find(id)?.row ?? []),
    ...parts.catalogue.rows.filter(isText),
    ...parts.catalogue.rows.filter((row) => row.family === 'gemini'),
  ];
  const row = rows.find((candidate) => sees(parts, candidate.id, candidate));
  if (row === undefined) throw new JudgeFailure('judge_unavailable', none);
  return { name: row.id, row };
}

/** The built-in director and the engine that stands in for others see nothing; they must not seem to judge. */
function sees({ routing }: VisionParts, name: string, row: ModelRow): boolean {
  const placed = routing.mainline(name);
  if (placed !== null) return placed.model.wire === 'responses' || placed.model.seesPictures === true;
  if (row.family !== 'gemini') return false;
  const engine = routing.engineOf(row, 'images.generations');
  return engine !== null && !engine.standIn;
}
