import {
  datasetChange,
  datasetFieldKind,
  datasetRequestsImport,
  datasetRowChange,
  datasetRowsDeletion,
  fieldName,
  newDataset,
  newDatasetRows,
  newDatasetVersion,
} from '@pictor/api';
import { z } from 'zod';
import { type Access, needs, requireCaller } from '../access/index.ts';
import type { Database } from '../database/index.ts';
import type { Files } from '../files/index.ts';
import { PictorError } from '../foundation/index.ts';
import { type HttpRequest, type HttpServer, readParameters } from '../http/index.ts';
import { searchRequests } from '../requests/index.ts';
import type { ImageStore } from '../storage/index.ts';
import type { Dataset } from './dataset.ts';
import type { Datasets, ImportOptions } from './datasets.ts';
import { receiveFiles } from './import/receive-files.ts';
import { toRequestRow } from './import/request-rows.ts';
import { readRowPage } from './read-row-page.ts';
import { toDatasetView, toRowView, toVersionView } from './to-views.ts';

type ById = { Params: { id: string } };
type ByRow = { Params: { id: string; row: string } };
type WithBody = { Body: unknown };
type WithQuery = { Querystring: Record<string, unknown> };

export type DatasetRoutesParts = {
  readonly access: Access;
  readonly datasets: Datasets;
  readonly database: Pick<Database, 'sql'>;
  readonly files: Pick<Files, 'holdBytes' | 'discard'>;
  readonly store: Pick<ImageStore, 'put' | 'inspect' | 'settled'>;
};

const path = '/api/datasets';
const requestsAtOnce = 200;

/** Datasets, their drafts and versions. */
export function addDatasetRoutes(server: HttpServer, parts: DatasetRoutesParts): void {
  addDatasets(server, parts);
  addRows(server, parts);
  addImports(server, parts);
  addVersions(server, parts);
}

function addDatasets(server: HttpServer, { access, datasets }: DatasetRoutesParts): void {
  const view = async (dataset: Dataset) => toDatasetView(dataset, await datasets.draft(dataset));

  server.get(path, needs('read', 'manage'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    const data = [];
    for (const dataset of await datasets.list(projectId)) data.push(await view(dataset));
    return { object: 'list', data };
  });

  server.post<WithBody>(path, needs('manage'), async (request, reply) => {
    const { projectId } = await requireCaller(access, request);
    const made = await datasets.create(projectId, readParameters(newDataset, request.body));
    return reply.code(201).send(await view(made));
  });

  server.get<ById>(`${path}/:id`, needs('read', 'manage'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    return await view(await datasets.find(projectId, request.params.id));
  });

  server.patch<ById & WithBody>(`${path}/:id`, needs('manage'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    const change = readParameters(datasetChange, request.body);
    return await view(await datasets.update(projectId, request.params.id, change));
  });

  server.delete<ById>(`${path}/:id`, needs('manage'), async (request, reply) => {
    const { projectId } = await requireCaller(access, request);
    await datasets.remove(projectId, request.params.id);
    return reply.code(204).send();
  });
}

function addRows(server: HttpServer, { access, datasets }: DatasetRoutesParts): void {
  server.get<ById & WithQuery>(`${path}/:id/rows`, needs('read', 'manage'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    const { version, ...page } = readRowPage(request.query);
    const dataset = await datasets.find(projectId, request.params.id);
    const { fields, rows, total } = await datasets.rows(dataset, version, page);
    return { object: 'list', data: rows.map((row) => toRowView(row, fields)), total, offset: page.offset };
  });

  server.post<ById & WithBody>(`${path}/:id/rows`, needs('manage'), async (request, reply) => {
    const { projectId } = await requireCaller(access, request);
    const { rows: wanted } = readParameters(newDatasetRows, request.body);
    const values = wanted.map((row) => row.values);
    const dataset = await datasets.addRows(projectId, request.params.id, values);
    const { rows: before } = await datasets.draft(dataset);
    const page = { limit: wanted.length, offset: Math.max(0, before - wanted.length) };
    const { fields, rows, total } = await datasets.rows(dataset, null, page);
    const data = rows.map((row) => toRowView(row, fields));
    return reply.code(201).send({ object: 'list', data, total, offset: page.offset });
  });

  server.patch<ByRow & WithBody>(`${path}/:id/rows/:row`, needs('manage'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    const { values = {}, remove = [] } = readParameters(datasetRowChange, request.body);
    const { id, row } = request.params;
    const changed = await datasets.changeRow(projectId, id, row, { values, remove });
    return toRowView(changed, (await datasets.find(projectId, id)).fields);
  });

  server.post<ById & WithBody>(`${path}/:id/rows/delete`, needs('manage'), async (request, reply) => {
    const { projectId } = await requireCaller(access, request);
    const { ids } = readParameters(datasetRowsDeletion, request.body);
    await datasets.removeRows(projectId, request.params.id, ids);
    return reply.code(204).send();
  });
}

function addImports(server: HttpServer, parts: DatasetRoutesParts): void {
  const { access, database, datasets, files } = parts;

  server.post<ById>(`${path}/:id/import`, needs('manage'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    requireForm(request);
    const { id } = await datasets.find(projectId, request.params.id);
    const imported = await files.holdBytes(async () => {
      const received = await receiveFiles(request.raw, { ...parts, discard: files.discard });
      try {
        return await datasets.importFiles(projectId, id, received, readOptions(received.fields));
      } catch (error) {
        for (const { hash } of received.pictures) void files.discard(hash);
        throw error;
      }
    });
    return toImportView(imported.rows, imported.images, imported.dataset);
  });

  server.post<ById & WithBody>(`${path}/:id/import-requests`, needs('manage'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    const { limit = 100, ...query } = readParameters(datasetRequestsImport, request.body ?? {});
    const { id } = await datasets.find(projectId, request.params.id);
    const rows = [];
    let cursor: string | undefined;
    do {
      const wanted = { ...query, limit: Math.min(requestsAtOnce, limit - rows.length), cursor };
      const page = await searchRequests(database, projectId, wanted);
      rows.push(...page.data.map(toRequestRow));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined && rows.length < limit);
    const dataset = await datasets.addRows(projectId, id, rows);
    return toImportView(rows.length, 0, dataset);
  });
}

function addVersions(server: HttpServer, { access, datasets }: DatasetRoutesParts): void {
  server.get<ById>(`${path}/:id/versions`, needs('read', 'manage'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    const dataset = await datasets.find(projectId, request.params.id);
    return { object: 'list', data: (await datasets.versions(dataset)).map(toVersionView) };
  });

  server.post<ById & WithBody>(`${path}/:id/versions`, needs('manage'), async (request, reply) => {
    const caller = await requireCaller(access, request);
    const { note = null } = readParameters(newDatasetVersion, request.body ?? {});
    const version = await datasets.publish(caller, request.params.id, note);
    return reply.code(201).send(toVersionView(version));
  });

  server.post<{ Params: { id: string; version: string } }>(
    `${path}/:id/versions/:version/restore`,
    needs('manage'),
    async (request) => {
      const { projectId } = await requireCaller(access, request);
      const { id, version } = request.params;
      const dataset = await datasets.restore(projectId, id, Number(/^\d{1,9}$/.test(version) ? version : 0));
      return toDatasetView(dataset, await datasets.draft(dataset));
    },
  );
}

function toImportView(rows: number, images: number, dataset: Dataset) {
  return { object: 'dataset.import', rows, images, fields: dataset.fields };
}

const importOptions = z.strictObject({
  image_field: fieldName.default('image'),
  kinds: z.record(fieldName, datasetFieldKind).default({}),
  mode: z.enum(['append', 'replace']).default('append'),
});

function readOptions(fields: ReadonlyMap<string, string>): ImportOptions {
  const options = readParameters(importOptions, {
    image_field: fields.get('image_field'),
    mode: fields.get('mode'),
    kinds: fields.has('kinds') ? parseKinds(fields.get('kinds') ?? '') : undefined,
  });
  return { imageField: options.image_field, kinds: options.kinds, mode: options.mode };
}

function parseKinds(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PictorError({
      code: 'invalid_value',
      message: 'kinds must be a JSON object such as {"photo": "image"}.',
      param: 'kinds',
    });
  }
}

function requireForm(request: HttpRequest<ById>): void {
  if (request.headers['content-type']?.toLowerCase().startsWith('multipart/form-data')) return;
  throw new PictorError({
    code: 'unsupported_content_type',
    message: "Files are imported as multipart/form-data, each as a part 'file'.",
  });
}
