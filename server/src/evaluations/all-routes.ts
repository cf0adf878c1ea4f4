import type { HttpServer } from '../http/index.ts';
import { addGateRoutes } from './gate-routes.ts';
import { addRatingRoutes } from './rating-routes.ts';
import { addDefinitionRoutes, addRunStartRoutes, type EvaluationRoutesParts } from './routes.ts';
import { addRunRoutes } from './run-routes.ts';

/** Every route of evaluations. */
export function addEvaluationRoutes(server: HttpServer, parts: EvaluationRoutesParts): void {
  addRunRoutes(server, parts);
  addRatingRoutes(server, parts);
  addGateRoutes(server, parts);
  addRunStartRoutes(server, parts);
  addDefinitionRoutes(server, parts);
}
