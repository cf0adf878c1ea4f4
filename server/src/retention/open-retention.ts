import type { Projects, Retention } from '../access/index.ts';
import { askDatabase } from '../database/index.ts';
import { type Log, PictorError } from '../foundation/index.ts';
import type { Jobs } from '../jobs/index.ts';
import { type Cutoffs, toCutoffs } from './cutoffs.ts';
import { openSchedule } from './open-schedule.ts';
import { countProject, deleteProject } from './project-queries.ts';
import {
  countRemoval,
  deleteFiles,
  deleteImages,
  deleteRequests,
  deleteResponses,
  type Gone,
} from './queries.ts';
import type { Pile, ProjectRemoval, Removal } from './removal.ts';
import type { RetentionDatabase } from './tables.ts';

/** What leaves: old rows by a project's own rule, and whole projects. Throws `not_found` and `database_unavailable`. */
export type RetentionRoom = {
  /** What would go now by the project's rule, with changes to try out. Nothing is touched. */
  readonly preview: (projectId: string, change: Partial<Retention>) => Promise<Removal>;
  /** Removes what the project's rule says, now. */
  readonly run: (projectId: string) => Promise<Removal>;
  readonly previewProject: (projectId: string) => Promise<ProjectRemoval>;
  /** Throws `project_busy` while requests of it run. */
  readonly removeProject: (projectId: string) => Promise<ProjectRemoval>;
  /** Begins to run every project's rule by itself. Returns at once. */
  readonly start: () => void;
  readonly close: () => Promise<void>;
};

/** Few enough that others get their turn at a database with one connection. */
const rowsAtOnce = 200;

export function openRetention(parts: {
  readonly database: RetentionDatabase;
  readonly projects: Projects;
  readonly jobs: Jobs;
  readonly log: Log;
  /** Removes bytes, unless others need them. Never rejects. */
  readonly discard: (hash: string) => Promise<void>;
  /** Default: the clock. */
  readonly now?: () => Date;
}): RetentionRoom {
  const { database, projects } = parts;
  const now = parts.now ?? (() => new Date());
  const run = async (projectId: string): Promise<Removal> => {
    const cutoffs = toCutoffs(projects.get(projectId).retention, now());
    const { freedBytes } = await countRemoval(database, projectId, cutoffs);
    return { ...(await remove(parts, projectId, cutoffs)), freedBytes };
  };
  const schedule = openSchedule({ ...parts, now, run });
  return {
    preview: async (projectId, change) => {
      const { retention } = projects.get(projectId);
      const cutoffs = toCutoffs({ ...retention, ...change }, now());
      return await askDatabase(countRemoval(database, projectId, cutoffs));
    },
    run: (projectId) => askDatabase(run(projectId)),
    previewProject: async (projectId) =>
      await askDatabase(countProject(database, projects.get(projectId).id)),
    removeProject: async (projectId) => {
      const removal = await askDatabase(countProject(database, projects.get(projectId).id));
      await projects.removeDuring(projectId, async () => {
        const hashes = await askDatabase(deleteProject(database, projectId));
        if (hashes === null) throw busy();
        for (const hash of hashes) await parts.discard(hash);
      });
      return removal;
    },
    start: schedule.start,
    close: schedule.close,
  };
}

type RemoveParts = Pick<Parameters<typeof openRetention>[0], 'database' | 'discard'>;

/** Rows first, then bytes: a crash between leaves bytes without a row, and never a row without its bytes. */
async function remove(
  { database, discard }: RemoveParts,
  projectId: string,
  cutoffs: Cutoffs,
): Promise<Omit<Removal, 'freedBytes'>> {
  const images = openPile(discard);
  const files = openPile(discard);
  let requests = 0;
  const { requests: requestsBefore, images: imagesBefore, files: filesBefore } = cutoffs;
  if (requestsBefore !== null) {
    await repeat(async () => {
      const gone = await deleteRequests(database, projectId, requestsBefore, rowsAtOnce);
      await images.take(gone.images);
      requests += gone.count;
      return gone.count;
    });
    await images.take(await deleteResponses(database, projectId, requestsBefore));
  }
  if (imagesBefore !== null) {
    await repeat(
      async () => await images.take(await deleteImages(database, projectId, imagesBefore, rowsAtOnce)),
    );
  }
  if (filesBefore !== null) await files.take(await deleteFiles(database, projectId, filesBefore));
  return { requests: { count: requests }, images: images.sum(), files: files.sum() };
}

/** Counts rows that are gone, and lets go of their bytes. */
function openPile(discard: RemoveParts['discard']) {
  let pile: Pile = { count: 0, bytes: 0 };
  return {
    take: async (gone: readonly Gone[]): Promise<number> => {
      for (const hash of new Set(gone.map((each) => each.hash))) await discard(hash);
      const bytes = gone.reduce((sum, each) => sum + each.byteCount, pile.bytes);
      pile = { count: pile.count + gone.length, bytes };
      return gone.length;
    },
    sum: () => pile,
  };
}

/** Until a batch is not full any more. */
async function repeat(batch: () => Promise<number>): Promise<void> {
  let count: number;
  do count = await batch();
  while (count === rowsAtOnce);
}

function busy(): PictorError {
  return new PictorError({
    code: 'project_busy',
    message: 'Requests of this project still run. Wait until they end, or cancel them, and delete it then.',
    retryAfterSeconds: 10,
  });
}
