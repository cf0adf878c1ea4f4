import { mkdir } from 'node:fs/promises';
import { addAccessRoutes, guardRoutes, openAccess } from './access/index.ts';
import { openCatalogue } from './catalogue/index.ts';
import { openDatabase, openGroupWriter } from './database/index.ts';
import { openGuardedFetch } from './fetching/index.ts';
import { addFileRoutes, openFiles } from './files/index.ts';
import { openLog } from './foundation/index.ts';
import { addWebApp, openServer } from './http/index.ts';
import { addImageFileRoutes, addImageRoutes, openRuns, openTwins } from './images/index.ts';
import { openJobs } from './jobs/index.ts';
import { findProviders } from './providers/index.ts';
import { addRequestRoutes, openRequests } from './requests/index.ts';
import { addModelRoutes, openRouting, vendorPrefixes } from './routing/index.ts';
import type { Settings } from './settings.ts';
import { openLinkSigner, openStore } from './storage/index.ts';
import { version } from './version.ts';
import { addWebhookRoutes, openWebhooks } from './webhooks/index.ts';

/** Time for aborted jobs to write how they ended. */
const lastWordsMs = 5_000;

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
  /** Stops accepting, lets running work end, closes every room. */
  readonly close: () => Promise<void>;
};

/** The only place where rooms meet: opens them in order, joins them, and listens. */
export async function openHouse(settings: Settings): Promise<House> {
  await mkdir(settings.dataDir, { recursive: true, mode: 0o700 });
  const log = openLog(settings.logLevel);
  const providers = await findProviders();
  const catalogue = openCatalogue(
    providers.flatMap((provider) => provider.models),
    providers.flatMap((provider) => provider.prices),
    [...vendorPrefixes, ...providers.flatMap((provider) => provider.prefixes)],
  );
  const routing = await openRouting({
    providers,
    catalogue,
    environment: { variable: settings.variable, dataDir: settings.dataDir },
    standInAllowed: settings.standIn,
  });
  const database = await openDatabase(settings);
  const writer = openGroupWriter(database);
  const store = await openStore(settings);
  const links = await openLinkSigner(settings);
  const access = await openAccess(database, settings);
  const fetching = openGuardedFetch({ allow: settings.fetchAllow });
  const jobs = openJobs({ database, log });
  const webhooks = openWebhooks({ ...settings, database, jobs, fetching, links, log });
  const requests = await openRequests({ ...settings, database, writer, log, listener: webhooks });
  const files = openFiles({ database, store, log });
  const runs = openRuns();
  const stopping = new AbortController();

  const server = openServer({ ...settings, log });
  server.get('/healthz', async () => ({ status: 'ok', version }));
  addAccessRoutes(server, access, {
    standIn: routing.standIn,
    notice: standInNotice(routing.standIn),
    version,
  });
  addImageFileRoutes(server, { access, database, store, links });
  await server.register(async (guarded) => {
    guardRoutes(guarded, access);
    addModelRoutes(guarded, access, routing, catalogue);
    addRequestRoutes(guarded, access, requests);
    addWebhookRoutes(guarded, access, webhooks);
    addFileRoutes(guarded, { access, files, store });
    addImageRoutes(guarded, {
      ...settings,
      access,
      routing,
      catalogue,
      links,
      requests,
      store,
      log,
      runs,
      twins: openTwins(requests),
      signal: stopping.signal,
      fetching,
      findFile: files.find,
      holdBytes: files.holdBytes,
      discard: files.discard,
    });
  });
  await addWebApp(server);
  const address = await server.listen({ host: settings.host, port: settings.port });
  const url =
    settings.publicUrl ?? address.replace('://[::]', '://localhost').replace('://0.0.0.0', '://localhost');
  webhooks.start({ baseUrl: url, findRequest: requests.find });

  return {
    url,
    signInLink: `${url}/sign-in?token=${await access.newSignInToken()}`,
    newApiKey: access.rootKey.made,
    apiKeyFile: access.rootKey.file,
    standIn: routing.standIn,
    close: async () => {
      const closed = server.close();
      await withinMs(Promise.all([closed, runs.idle()]), settings.shutdownMs);
      // What still runs is closed as interrupted; its caller finds out by the request's id.
      stopping.abort();
      await withinMs(runs.idle(), lastWordsMs);
      server.server.closeAllConnections();
      await closed;
      await routing.close();
      await webhooks.close();
      await jobs.close();
      await fetching.close();
      await files.close();
      requests.stop();
      await store.close();
      await database.close();
    },
  };
}

/** Waits for the work, but not longer. */
async function withinMs(work: Promise<unknown>, waitMs: number): Promise<void> {
  const timer = Promise.withResolvers<void>();
  const handle = setTimeout(() => timer.resolve(), waitMs);
  await Promise.race([work, timer.promise]);
  clearTimeout(handle);
}

function standInNotice(standIn: boolean): string | null {
  if (!standIn) return null;
  return "Pictures are drawn by Pictor's built-in sketch engine: no provider is configured. Set OPENAI_API_KEY or another provider's key and restart to use the real models.";
}
