import { mkdir } from 'node:fs/promises';
import {
  addAccessRoutes,
  addKeyRoutes,
  addProjectRoutes,
  guardRoutes,
  needs,
  openAccess,
  requireDeclarations,
} from './access/index.ts';
import { openChecks } from './checks/index.ts';
import { addConfigRoutes, addSchemaRoute, openConfig } from './config/index.ts';
import { explainDatabase, openDatabase, openGroupWriter } from './database/index.ts';
import { addDatasetRoutes, openDatasets } from './datasets/index.ts';
import {
  addEvaluationRoutes,
  type Evaluations,
  openEvaluations,
  openVersionGate,
} from './evaluations/index.ts';
import { openGuardedFetch } from './fetching/index.ts';
import { addFileRoutes, openFiles } from './files/index.ts';
import { type Log, openLog, withinMs } from './foundation/index.ts';
import { addGalleryRoutes } from './gallery/index.ts';
import {
  addWebApp,
  type HttpServer,
  type ListedRoute,
  listRoutes,
  openDispatch,
  openServer,
} from './http/index.ts';
import {
  addImageFileRoutes,
  addImageRoutes,
  checkParameters,
  findFileOver,
  openImageCalls,
  openRuns,
  openTwins,
} from './images/index.ts';
import { openJobs } from './jobs/index.ts';
import { openJudges } from './judges/index.ts';
import { addLedgerRoutes, type RepriceReport, reprice } from './ledger/index.ts';
import { addLimitRoutes, openLimits, tellLimits } from './limits/index.ts';
import { addLogRoutes, openLogs } from './logs/index.ts';
import { addOpenPromptLayerRoutes, addPromptLayerRoutes, promptLayerErrors } from './promptlayer/index.ts';
import { addPromptRoutes, openPrompts } from './prompts/index.ts';
import { findProviders } from './providers/index.ts';
import { addRequestRoutes, addSearchRoutes, openRequests } from './requests/index.ts';
import { addConversationRoutes, addResponseRoutes, openResponses } from './responses/index.ts';
import { addRetentionRoutes, openRetention } from './retention/index.ts';
import { addModelRoutes, addProviderRoutes, openRouting } from './routing/index.ts';
import { addRunRoutes } from './runs/index.ts';
import type { Settings } from './settings.ts';
import { openLinkSigner, openStore } from './storage/index.ts';
import { addTelemetryRoutes, openTelemetry, traceMethods, traceRequests } from './telemetry/index.ts';
import { version } from './version.ts';
import { addWebhookRoutes, openWebhooks } from './webhooks/index.ts';

/** Time for aborted jobs to write how they ended. */
const lastWordsMs = 5_000;

const tidyEveryMs = 100;

export type House = {
  /** Where it listens: `http://127.0.0.1:4100`. */
  readonly url: string;
  /** Opens the web app once, without a key. */
  readonly signInLink: string;
  /** The root key, only when this start made it. */
  readonly newApiKey: string | null;
  /** The file that keeps the root key; null when it came from outside. */
  readonly apiKeyFile: string | null;
  readonly standIn: boolean;
  /** Every route that it answers. */
  readonly routes: readonly ListedRoute[];
  /** Reads pictor.yaml again. Never rejects. */
  readonly reload: () => Promise<void>;
  /** Stops accepting, lets running work end, closes every room. */
  readonly close: () => Promise<void>;
};

/** The only place where rooms meet: opens them in order, joins them, and listens. */
export async function openHouse(settings: Settings): Promise<House> {
  const rooms = await openRooms(settings);
  const { access, config, log, requests, retention, routing, webhooks } = rooms;
  const server = openServer({ ...settings, log, errorShapes: [promptLayerErrors], explain: explainDatabase });
  const evaluations = openEvaluations({ ...rooms, dispatch: openDispatch(server) });
  await joinRooms(server, { ...rooms, evaluations }, settings);
  const address = await server.listen({ host: settings.host, port: settings.port });
  const url =
    settings.publicUrl ?? address.replace('://[::]', '://localhost').replace('://0.0.0.0', '://localhost');
  retention.start();
  config.follow(routing.apply);
  evaluations.start();
  webhooks.start({ baseUrl: url, findRequest: requests.find });
  return {
    url,
    signInLink: `${url}/sign-in?token=${await access.newSignInToken()}`,
    newApiKey: access.rootKey.made,
    apiKeyFile: access.rootKey.file,
    standIn: routing.standIn,
    routes: listRoutes(server),
    reload: config.reload,
    close: async () => await closeRooms(server, { ...rooms, evaluations }, settings.shutdownMs),
  };
}

/** The configuration, and the upstreams that it names. Throws a SettingsError. */
async function openUpstreams(settings: Settings, log: Log) {
  const providers = await findProviders();
  const config = await openConfig({ ...settings, providers, log });
  const routing = await openRouting({
    providers,
    config: config.first,
    environment: settings,
    standInAllowed: settings.standIn,
    log,
  });
  return { config, routing };
}

/** Prices the ledger anew while no server runs on an embedded database; see `reprice`. */
export async function repriceAll(
  settings: Settings,
  wanted: Parameters<typeof reprice>[1],
): Promise<RepriceReport> {
  const { config, routing } = await openUpstreams(settings, openLog(settings.logLevel));
  const database = await openDatabase(settings);
  try {
    return await reprice({ database, catalogue: routing.catalogue }, wanted);
  } finally {
    config.close();
    await routing.close();
    await database.close();
  }
}

type Rooms = Awaited<ReturnType<typeof openRooms>>;
type AllRooms = Rooms & { readonly evaluations: Evaluations };

async function openRooms(settings: Settings) {
  await mkdir(settings.dataDir, { recursive: true, mode: 0o700 });
  const log = openLog(settings.logLevel);
  const { config, routing } = await openUpstreams(settings, log);
  const { catalogue } = routing;
  const telemetry = await openTelemetry({ ...settings, version, log });
  const database = await openDatabase(settings);
  const writer = openGroupWriter(database);
  const store = traceMethods(telemetry, await openStore(settings), { putImage: 'store image' });
  const links = await openLinkSigner(settings);
  const access = await openAccess(database, { ...settings, log });
  const fetching = openGuardedFetch({ allow: settings.fetchAllow });
  const jobs = openJobs({ database, log });
  const webhooks = openWebhooks({ ...settings, database, jobs, fetching, links, log });
  const requests = traceMethods(
    telemetry,
    await openRequests({ ...settings, database, writer, log, listener: webhooks }),
    { open: 'store opening row', addImage: 'store image row', close: 'store closing row' },
  );
  const limits = await openLimits({ database, log });
  const files = openFiles({ database, store, log });
  const retention = openRetention({
    database,
    projects: access.projects,
    jobs,
    log,
    discard: files.discard,
  });
  const gate = openVersionGate();
  const prompts = openPrompts({
    database,
    gate,
    checkModel: (model, type) => checkParameters(catalogue, model, type),
    random: Math.random,
  });
  const runs = openRuns();
  /** Aborted when running jobs are given up. */
  const stopping = new AbortController();
  const images = openImageCalls({
    ...settings,
    ...{ catalogue, routing, requests, limits, store, fetching, log, runs, telemetry },
    signal: stopping.signal,
    findFile: findFileOver(database, files.find),
  });
  const logs = openLogs({ database, catalogue, images, files, log });
  const judges = openJudges({ ...settings, catalogue, routing, database });
  const checks = openChecks();
  const responses = await openResponses({
    ...settings,
    ...{ catalogue, routing, database, writer, store, files, images, limits, log },
    signal: stopping.signal,
  });
  return {
    log,
    config,
    catalogue,
    routing,
    database,
    store,
    links,
    access,
    fetching,
    jobs,
    webhooks,
    requests,
    limits,
    files,
    logs,
    prompts,
    gate,
    datasets: openDatasets({ database, files }),
    retention,
    runs,
    responses,
    judges,
    checks,
    stopping,
    telemetry,
  };
}

/**
 * Every route of the server, each with what it needs. What is not registered in the guarded scope says for itself who
 * may come in.
 */
async function joinRooms(server: HttpServer, rooms: AllRooms, settings: Settings): Promise<void> {
  const { access, catalogue, evaluations, files, requests, retention, routing, stopping, webhooks } = rooms;
  // The web app's files are for everybody; every route that is added afterwards must say whom it is for.
  await addWebApp(server);
  requireDeclarations(server);
  traceRequests(server, rooms.telemetry);
  server.get('/healthz', needs('no-key'), async () => ({ status: 'ok', version }));
  addAccessRoutes(server, access, {
    get standIn() {
      return routing.standIn;
    },
    get notice() {
      return standInNotice(routing.standIn);
    },
    version,
  });
  addImageFileRoutes(server, rooms);
  addSchemaRoute(server, rooms.config);
  addOpenPromptLayerRoutes(server, { ...settings, ...rooms });
  await server.register(async (guarded) => {
    guardRoutes(guarded, access);
    tellLimits(guarded, access, rooms.limits);
    addTelemetryRoutes(guarded, rooms);
    addLimitRoutes(guarded, rooms);
    addLedgerRoutes(guarded, rooms);
    addProjectRoutes(guarded, access);
    addKeyRoutes(guarded, access);
    addRetentionRoutes(guarded, { projects: access.projects, retention });
    addModelRoutes(guarded, access, routing, catalogue);
    addProviderRoutes(guarded, access, routing);
    addConfigRoutes(guarded, access, rooms.config);
    addRequestRoutes(guarded, access, requests);
    addSearchRoutes(guarded, rooms);
    addLogRoutes(guarded, rooms);
    addGalleryRoutes(guarded, { ...rooms, discard: files.discard, forget: rooms.runs.forget });
    addPromptRoutes(guarded, rooms);
    addPromptLayerRoutes(guarded, { ...settings, ...rooms });
    addRunRoutes(guarded, { ...settings, ...rooms, dispatch: openDispatch(server) });
    addDatasetRoutes(guarded, rooms);
    addEvaluationRoutes(guarded, { access, evaluations });
    addWebhookRoutes(guarded, access, webhooks);
    addFileRoutes(guarded, rooms);
    addResponseRoutes(guarded, { ...rooms.responses, access, prompts: rooms.prompts });
    addConversationRoutes(guarded, { ...rooms.responses, access });
    addImageRoutes(guarded, {
      ...settings,
      ...rooms,
      twins: openTwins(requests),
      signal: stopping.signal,
      findFile: findFileOver(rooms.database, files.find),
      holdBytes: files.holdBytes,
      discard: files.discard,
    });
  });
}

/** Stops accepting, lets running jobs end for a while, gives up the rest, and closes the rooms from the top down. */
async function closeRooms(server: HttpServer, rooms: AllRooms, shutdownMs: number): Promise<void> {
  const closed = server.close();
  // Closing closes what is idle at that moment; what had an answer since must not be waited for either.
  const tidying = setInterval(() => server.server.closeIdleConnections(), tidyEveryMs);
  // It begins no more cells; those that run end with their requests.
  const evaluated = rooms.evaluations.close();
  const ended = Promise.all([closed, rooms.runs.idle(), rooms.responses.turns.idle()]);
  await withinMs(ended, shutdownMs);
  // What still runs is closed as interrupted, and its caller is told; who left finds out by the request's id.
  rooms.config.close();
  rooms.stopping.abort();
  await withinMs(ended, lastWordsMs);
  await withinMs(evaluated, lastWordsMs);
  clearInterval(tidying);
  server.server.closeAllConnections();
  await closed;
  await rooms.routing.close();
  await rooms.webhooks.close();
  await rooms.prompts.close();
  await rooms.retention.close();
  await rooms.jobs.close();
  await rooms.checks.close();
  await rooms.fetching.close();
  await rooms.files.close();
  await withinMs(rooms.requests.stop(), lastWordsMs);
  await rooms.access.close();
  await rooms.store.close();
  await rooms.database.close();
  // A collector that does not answer must not keep the process.
  await withinMs(rooms.telemetry.close(), lastWordsMs);
}

function standInNotice(standIn: boolean): string | null {
  if (!standIn) return null;
  return "Pictures are drawn by Pictor's built-in sketch engine: no provider is configured. Set OPENAI_API_KEY or another provider's key and restart to use the real models.";
}
