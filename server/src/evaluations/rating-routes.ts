import { newRating } from '@pictor/api';
import { needs, requireCaller } from '../access/index.ts';
import { toPictureView } from '../datasets/index.ts';
import { PictorError } from '../foundation/index.ts';
import { type HttpServer, readParameters } from '../http/index.ts';
import type { RatingTask } from './ratings/open-ratings.ts';
import { rangeOf } from './ratings/rate-cell.ts';
import type { Rating } from './ratings/rating.ts';
import { readWhole, readWord } from './read-query.ts';
import type { EvaluationRoutesParts } from './routes.ts';

type ByRun = { Params: { run: string } };
type WithBody = { Body: unknown };
type WithQuery = { Querystring: Record<string, unknown> };

const path = '/api/evaluation-runs';

/** What people say of a run, how far judges agree with them, and what changed from one run to another. */
export function addRatingRoutes(server: HttpServer, { access, evaluations }: EvaluationRoutesParts): void {
  const { ratings, runs } = evaluations;

  server.get<ByRun & WithQuery>(
    `${path}/:run/rating-tasks`,
    needs('read', 'manage', 'generate'),
    async (request) => {
      const caller = await requireCaller(access, request);
      const limit = readWhole(request.query, 'limit', 1, 100) ?? 20;
      const column = readWord(request.query, 'column');
      const rater = readWord(request.query, 'rater') ?? caller.keyId;
      const run = await runs.find(caller.projectId, request.params.run);
      const { left, tasks, total } = await ratings.tasks(run, { rater, column, limit });
      return { object: 'list', data: tasks.map(toTaskView), left, total };
    },
  );

  server.post<ByRun & WithBody>(
    `${path}/:run/ratings`,
    needs('generate', 'manage'),
    async (request, reply) => {
      const caller = await requireCaller(access, request);
      const { note = null, rater = caller.keyId, ...body } = readParameters(newRating, request.body);
      const run = await runs.find(caller.projectId, request.params.run);
      const rating = await ratings.rate(run, { ...body, rater, note });
      return reply.code(201).send(toRatingView(rating));
    },
  );

  server.get<ByRun>(`${path}/:run/ratings`, needs('read', 'manage'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    const run = await runs.find(projectId, request.params.run);
    return { object: 'list', data: (await ratings.list(run)).map(toRatingView) };
  });

  server.get<ByRun>(`${path}/:run/agreement`, needs('read', 'manage'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    const run = await runs.find(projectId, request.params.run);
    return { object: 'list', data: await evaluations.agreement(run) };
  });

  server.get<ByRun & WithQuery>(`${path}/:run/compare`, needs('read', 'manage'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    const limit = readWhole(request.query, 'limit', 1, 200) ?? 100;
    const offset = readWhole(request.query, 'offset', 0, 10_000_000) ?? 0;
    const after = await runs.find(projectId, request.params.run);
    const before = await runs.find(projectId, readWord(request.query, 'with') ?? '');
    if (before.datasetId !== after.datasetId) throw notComparable();
    const { rows, ...comparison } = await evaluations.compare(before, after);
    return {
      object: 'evaluation.comparison',
      before: before.id,
      after: after.id,
      ...comparison,
      rows: rows.slice(offset, offset + limit),
      total: rows.length,
    };
  });
}

function toTaskView({ column, options, rowId }: RatingTask) {
  const isScore = column.config.rating === 'score';
  return {
    object: 'evaluation.rating_task',
    row: rowId,
    column: column.id,
    rating: column.config.rating,
    instructions: column.config.instructions ?? null,
    min: isScore ? rangeOf(column).min : null,
    max: isScore ? rangeOf(column).max : null,
    // Without the source: who rates does not know what made a picture.
    options: options.map(({ id, images }) => ({ id, images: images.map(toPictureView) })),
  };
}

function toRatingView(rating: Rating) {
  return {
    object: 'evaluation.rating',
    row: rating.rowId,
    column: rating.columnId,
    rater: rating.rater,
    value: rating.value,
    note: rating.note,
    created_at: Math.floor(rating.createdAt.getTime() / 1000),
  };
}

function notComparable(): PictorError {
  return new PictorError({
    code: 'invalid_value',
    message: 'Runs of two datasets have no rows in common.',
    param: 'with',
  });
}
