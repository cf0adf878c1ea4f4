import type { PGlite } from '@electric-sql/pglite';

const checkpointAfterBytes = 32 * 1024 * 1024;
const vacuumAfterRows = 20_000;

/** Of all rows there are: counting them anew costs the more, the more there are, and everybody waits for it. */
const vacuumAfterShare = 0.2;

export type Housekeeper = {
  /** Tells how many rows a statement wrote. */
  noteWrites(rows: number): void;
  /** Does what is due. To be called between statements; does nothing within a transaction. */
  tidy(): Promise<void>;
};

/**
 * The background work of a PostgreSQL server, which an engine on one thread has nobody for: without
 * checkpoints its log grows until it is closed, without vacuum tables keep every old version of a row and
 * the planner never learns how large they are.
 */
export function openHousekeeper(engine: PGlite): Housekeeper {
  let writtenRows = 0;
  let rowsAtCheckpoint = 0;
  let rowsAtVacuum = 0;
  let logPosition: string | undefined;
  return {
    noteWrites: (rows) => {
      writtenRows += rows;
    },
    tidy: async () => {
      if (writtenRows === rowsAtCheckpoint || engine.isInTransaction()) return;
      if (await isVacuumDue(engine, writtenRows - rowsAtVacuum)) {
        rowsAtVacuum = writtenRows;
        await engine.query('vacuum (analyze)');
      }
      const { rows } = await engine.query<{ position: string; due: boolean }>(
        `select pg_current_wal_insert_lsn()::text as position,
           pg_wal_lsn_diff(pg_current_wal_insert_lsn(), $1::pg_lsn) > $2::bigint as due`,
        [logPosition ?? '0/0', checkpointAfterBytes],
      );
      const state = rows[0];
      if (state?.due !== true) return;
      await engine.query('checkpoint');
      logPosition = state.position;
      rowsAtCheckpoint = writtenRows;
    },
  };
}

async function isVacuumDue(engine: PGlite, writtenSince: number): Promise<boolean> {
  if (writtenSince < vacuumAfterRows) return false;
  // As many as were counted the last time; -1 stands for a table that never was.
  const { rows } = await engine.query<{ count: number }>(
    `select coalesce(sum(reltuples), 0)::float8 as count from pg_class where relkind = 'r' and reltuples > 0`,
  );
  return writtenSince >= (rows[0]?.count ?? 0) * vacuumAfterShare;
}
