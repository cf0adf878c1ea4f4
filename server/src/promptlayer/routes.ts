import type { HttpServer } from '../http/index.ts';
import { addFolderRoutes } from './folder-routes.ts';
import { addLabelRoutes } from './label-routes.ts';
import type { PromptLayerParts } from './parts.ts';
import { addDatasetRoutes } from './reports/dataset-routes.ts';
import { addReportRoutes, type ReportParts } from './reports/report-routes.ts';
import { addRequestRoutes } from './request-routes.ts';
import { addTemplateRoutes } from './template-routes.ts';
import { addTraceRoutes } from './trace-routes.ts';
import { addTrackRoutes } from './track-routes.ts';

/** PromptLayer's wire, for its clients: nothing of it is decided here. The key comes in a header. */
export function addPromptLayerRoutes(server: HttpServer, parts: PromptLayerParts & ReportParts): void {
  addTemplateRoutes(server, parts);
  addLabelRoutes(server, parts);
  addFolderRoutes(server, parts);
  addRequestRoutes(server, parts);
  addTraceRoutes(server, parts);
  addReportRoutes(server, parts);
  addDatasetRoutes(server, parts);
}

/** Those of its routes whose clients send the key within the body; to be added outside of the guarded scope. */
export function addOpenPromptLayerRoutes(server: HttpServer, parts: PromptLayerParts): void {
  addTrackRoutes(server, parts);
}
