import type { MainlineModel, ModelRow } from '../../models/index.ts';
import { openResponsesModel } from '../kit/mainline/open-responses-model.ts';
import { findDeployment, findLeader, findPainter } from './find-deployment.ts';
import type { AzureService } from './open-access.ts';
import { toService } from './to-service.ts';
import { toUrl } from './to-url.ts';

/** A text model of a resource, which draws by the image tool of the Responses API. Null: it is not deployed here. */
export function openLeader(service: AzureService, row: ModelRow): MainlineModel | null {
  const { resource } = service;
  const isText = row.vendor === 'openai' && row.family === 'text';
  const deployment = isText ? findLeader(resource, row) : null;
  if (deployment === null) return null;
  const painter = findPainter(resource);
  return openResponsesModel(
    {
      ...toService(service, deployment.name),
      // The deployment stands in the body on both families.
      url: toUrl(resource, '/responses'),
      // Azure's tool does not read its model from the body.
      imageHeaders: (imageModel) => ({
        'x-ms-oai-image-generation-deployment':
          (imageModel === undefined ? null : findDeployment(resource, imageModel)?.name) ?? painter.name,
      }),
      // Documented not to stream with the image tool.
      streams: deployment.streaming ?? false,
    },
    { upstreamModel: deployment.name, painter: painter.model },
  );
}
