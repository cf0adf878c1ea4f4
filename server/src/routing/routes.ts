import { type Access, mayUseModel, needs, requireCaller, requireModel } from '../access/index.ts';
import type { Catalogue } from '../catalogue/index.ts';
import { PictorError } from '../foundation/index.ts';
import type { HttpServer } from '../http/index.ts';
import type { Endpoint, ModelRow } from '../models/index.ts';
import type { Routing } from './open-routing.ts';
import { toLifecycleView, toPriceView } from './to-model-view.ts';

const endpoints: readonly Endpoint[] = [
  'images.generations',
  'images.edits',
  'images.variations',
  'responses',
];

/** `GET /v1/models` in OpenAI's shape: what can be used now, by this key. Pictor's own facts stand under `pictor`. */
export function addModelRoutes(
  server: HttpServer,
  access: Access,
  routing: Routing,
  catalogue: Catalogue,
): void {
  server.get('/v1/models', needs('any-key'), async (request) => {
    const caller = await requireCaller(access, request);
    const rows = catalogue.rows.filter((row) => mayUseModel(caller, row));
    const own = routing.ownNames().flatMap((name) => {
      const row = catalogue.find(name)?.row;
      const model = row === undefined || !mayUseModel(caller, row) ? null : toModel(row, routing, catalogue);
      return model === null ? [] : [{ ...model, id: name }];
    });
    const names = new Set(own.map(({ id }) => id));
    const data = rows.flatMap((row) => (names.has(row.id) ? [] : (toModel(row, routing, catalogue) ?? [])));
    return { object: 'list', data: [...own, ...data] };
  });

  server.get<{ Params: { '*': string } }>('/v1/models/*', needs('any-key'), async (request) => {
    const caller = await requireCaller(access, request);
    const name = request.params['*'];
    const found = catalogue.find(name);
    const model = found === null ? null : toModel(found.row, routing, catalogue);
    if (found !== null && model !== null) requireModel(caller, found.row);
    if (model === null) {
      throw new PictorError({
        code: 'model_not_found',
        message: `The model '${name.slice(0, 100)}' cannot be used here. GET /v1/models lists the models that can.`,
        param: 'model',
      });
    }
    return { ...model, id: name };
  });
}

/** Null: nobody serves it now. */
function toModel(row: ModelRow, routing: Routing, catalogue: Catalogue) {
  const served = endpoints.flatMap((endpoint) => {
    const engine = routing.engineOf(row, endpoint);
    return engine === null ? [] : [{ endpoint, ...engine }];
  });
  const [first] = served;
  if (first === undefined) return null;
  const now = new Date();
  return {
    id: row.id,
    object: 'model',
    created: Math.floor(Date.parse(row.lifecycle.released ?? row.lifecycle.sourceDate) / 1000),
    owned_by: row.vendor,
    shutdown_date: row.lifecycle.retired ?? row.lifecycle.shutdown ?? null,
    pictor: {
      model: row.id,
      title: row.title,
      family: row.family,
      vendor: row.vendor,
      aliases: row.aliases,
      endpoints: served.map(({ endpoint }) => endpoint),
      engine: first.engine,
      stand_in: first.standIn,
      warnings: catalogue.lifecycleWarnings(row, now),
      lifecycle: toLifecycleView(row.lifecycle),
      price: toPriceView(catalogue.priceOf(row, first.provider, now)),
      notes: row.notes,
      prompt_max_chars: row.promptMaxChars,
      parameters: row.parameters,
      size: row.size ?? null,
      edits: row.edits ?? null,
      variations: row.variations ?? null,
      output_formats: row.outputFormats,
    },
  };
}
