import { type PGlite, parse, protocol } from '@electric-sql/pglite';
import type { BoundStatement, StatementResult } from './protocol.ts';
import { writeBind } from './write-bind.ts';

const { serialize } = protocol;

type Messages = Awaited<ReturnType<PGlite['execProtocolStream']>>;
type Prepared = { readonly name: string; uses: number };

export type Sender = {
  /** Runs one statement and gives its rows. */
  one(statement: BoundStatement): Promise<StatementResult>;
  /** Runs statements in one transaction, all of them or none. Gives how many rows they wrote. */
  together(statements: readonly BoundStatement[]): Promise<number>;
};

/** Texts that differ from call to call would else fill the engine's memory with plans that nobody uses again. */
const maxPrepared = 100;

/**
 * A plan fits the tables as they were when it was made. The engine makes it anew once a table was counted, which is
 * rare here; one that was made for an empty table would read the whole of it, however long it becomes.
 */
const maxUses = 200;

/**
 * Sends the engine whole messages of PostgreSQL's extended protocol. Its own `query` asks five times for one statement,
 * and has it planned anew each time; a small statement costs less than that.
 */
export function openSender(engine: PGlite): Sender {
  const prepared = new Map<string, Prepared>();
  let lastName = 0;
  const send = (parts: readonly Uint8Array[]): Promise<Messages> =>
    // NodeFS has nothing to bring to the disk behind a message: the engine's own fsync did that.
    engine.execProtocolStream(Buffer.concat([...parts, serialize.sync()]), { syncToFs: false });
  const forget = (sql: string, { name }: Prepared): Uint8Array => {
    prepared.delete(sql);
    return serialize.close({ type: 'S', name });
  };
  /** Puts the statement of this text last in the map, made anew where it must be; `parts` gets what that takes. */
  const prepare = (sql: string, parts: Uint8Array[]): string => {
    let statement = prepared.get(sql);
    if (statement !== undefined && statement.uses >= maxUses) {
      parts.push(forget(sql, statement));
      statement = undefined;
    }
    if (statement === undefined) {
      const [oldest] = prepared;
      if (oldest !== undefined && prepared.size >= maxPrepared) parts.push(forget(...oldest));
      lastName += 1;
      statement = { name: `s${lastName}`, uses: 0 };
      parts.push(serialize.parse({ name: statement.name, text: sql }));
    }
    statement.uses += 1;
    prepared.delete(sql);
    prepared.set(sql, statement);
    return statement.name;
  };
  return {
    one: async ({ sql, parameters }) => {
      const messages = await send([
        serialize.parse({ text: sql }),
        writeBind('', parameters),
        serialize.describe({ type: 'P' }),
        serialize.execute(),
      ]);
      const [result] = parse.parseResults(messages, engine.parsers);
      return {
        rows: (result?.rows ?? []) as StatementResult['rows'],
        affectedRows: result?.affectedRows ?? 0,
        command: result?.command ?? '',
      };
    },
    together: async (statements) => {
      const parts: Uint8Array[] = [];
      for (const { sql, parameters } of statements) {
        const name = prepare(sql, parts);
        parts.push(writeBind(name, parameters), serialize.execute());
      }
      try {
        // Rows that a statement gives are not described, and nobody asked for them. The count goes on from one to the next.
        const done = (await send(parts)).filter((message) => message.name === 'commandComplete');
        return parse.parseResults(done, {}).at(-1)?.affectedRows ?? 0;
      } catch (error) {
        // How far the message came is not known, and so which names are taken. None is given twice.
        await send([...prepared].map(([sql, statement]) => forget(sql, statement))).catch(() => undefined);
        throw error;
      }
    },
  };
}
