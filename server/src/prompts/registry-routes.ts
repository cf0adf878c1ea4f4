import { promptDraft, registryImport } from '@pictor/api';
import { type Access, needs, requireCaller } from '../access/index.ts';
import { type HttpServer, readParameters } from '../http/index.ts';
import type { Prompts } from './open-prompts.ts';
import { toCheckView } from './to-views.ts';

type Parts = { readonly access: Access; readonly prompts: Prompts };
type WithBody = { Body: unknown };

/** The registry as a whole: what is in it, itself as files, and what it would say of a draft. */
export function addRegistryRoutes(server: HttpServer, { access, prompts }: Parts): void {
  server.get('/api/registry/summary', needs('read', 'manage'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    return { object: 'registry.summary', ...(await prompts.summary(projectId)) };
  });

  server.post<WithBody>('/api/registry/check', needs('read', 'manage'), async (request) => {
    const { name, template, model, variables } = readParameters(promptDraft, request.body);
    const { projectId } = await requireCaller(access, request);
    const draft = { name, template, model: model ?? null, variables: variables ?? {} };
    return toCheckView(await prompts.check(projectId, draft));
  });

  server.get('/api/registry/export', needs('read', 'manage'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    return { object: 'registry.export', files: await prompts.exportFiles(projectId) };
  });

  server.post<WithBody>('/api/registry/import', needs('manage'), async (request) => {
    const caller = await requireCaller(access, request);
    const { files, dry_run } = readParameters(registryImport, request.body);
    const imported = await prompts.importFiles(caller, files, dry_run ?? false);
    return { object: 'registry.import', dry_run: dry_run ?? false, files: imported };
  });
}
