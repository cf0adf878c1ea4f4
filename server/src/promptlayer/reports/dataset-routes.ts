import { needs, requireCaller } from '../../access/index.ts';
import type { DatasetRow } from '../../datasets/index.ts';
import { PictorError } from '../../foundation/index.ts';
import type { HttpServer } from '../../http/index.ts';
import { base } from '../parts.ts';
import { readBody, readInteger, readText } from '../wire.ts';
import type { ReportParts } from './report-routes.ts';

type WithBody = { Body: unknown };

const path = `${base}/api/public/v2`;
const rowsAtOnce = 500;

/** PromptLayer's datasets: a group is a dataset, and what is saved of its draft a version. */
export function addDatasetRoutes(server: HttpServer, { access, datasets }: ReportParts): void {
  server.get(`${path}/datasets`, needs('read', 'manage'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    const found = await datasets.list(projectId);
    return {
      success: true,
      datasets: found.map(({ latestVersion, name, number }) => ({
        id: number,
        dataset_group: { id: number, name },
        version_number: latestVersion,
      })),
    };
  });

  server.get<{ Params: { id: string } }>(
    `${path}/datasets/:id/rows`,
    needs('read', 'manage'),
    async (request) => {
      const { projectId } = await requireCaller(access, request);
      const dataset = await datasets.find(projectId, readInteger(request.params.id) ?? 0);
      const version = dataset.latestVersion === 0 ? null : dataset.latestVersion;
      const { rows, total } = await datasets.rows(dataset, version, { limit: rowsAtOnce, offset: 0 });
      return { success: true, rows: rows.map(toRow), total };
    },
  );

  server.post<WithBody>(`${path}/dataset-groups`, needs('manage'), async (request, reply) => {
    const { projectId } = await requireCaller(access, request);
    const name = readText(readBody(request.body).name);
    if (name === undefined) throw missing('name');
    const made = await datasets.create(projectId, { name });
    return reply.code(201).send({ success: true, dataset_group: { id: made.number, name } });
  });

  server.post<WithBody>(`${path}/dataset-versions/from-file`, needs('manage'), async (request, reply) => {
    const caller = await requireCaller(access, request);
    const body = readBody(request.body);
    const dataset = await datasets.find(caller.projectId, readInteger(body.dataset_group_id) ?? 0);
    const [name, content] = [readText(body.file_name), readText(body.file_content_base64)];
    if (name === undefined) throw missing('file_name');
    if (content === undefined) throw missing('file_content_base64');
    const tables = [{ name, text: Buffer.from(content, 'base64').toString('utf8') }];
    const options = { imageField: 'image', kinds: {}, mode: 'replace' } as const;
    const received = { fields: new Map<string, string>(), tables, pictures: [] };
    await datasets.importFiles(caller.projectId, dataset.id, received, options);
    const { version } = await datasets.publish(caller, dataset.id, name);
    return reply.code(202).send({ success: true, dataset_id: dataset.number, version_number: version });
  });

  server.post<WithBody>(`${path}/dataset-versions/save-draft`, needs('manage'), async (request, reply) => {
    const caller = await requireCaller(access, request);
    const group = readInteger(readBody(request.body).dataset_group_id) ?? 0;
    const dataset = await datasets.find(caller.projectId, group);
    const { version } = await datasets.publish(caller, dataset.id, null);
    return reply.code(202).send({ success: true, dataset_id: dataset.number, version_number: version });
  });
}

function toRow({ id, position, values }: DatasetRow) {
  return { id, row_index: position, variables: values };
}

function missing(param: string): PictorError {
  return new PictorError({
    code: 'missing_required_parameter',
    message: `Missing required parameter: '${param}'.`,
    param,
  });
}
