import { openDatabase, openGroupWriter } from '../../src/database/index.ts';

/**
 * A process for tests to kill: writes rows without end into the data folder named first, several at a time,
 * and prints the id of each once it is committed.
 */
async function writeUntilKilled(dataDir: string): Promise<void> {
  const database = await openDatabase({ dataDir, databaseUrl: undefined });
  const writer = openGroupWriter(database);
  process.stdout.write('ready\n');
  const writeOnAndOn = async (lane: number): Promise<void> => {
    for (let number = 0; ; number += 1) {
      const id = `proj_${lane}_${number}`;
      await writer.write(async (transaction) => {
        await transaction.insertInto('projects').values({ id, name: id, created_at: new Date() }).execute();
      });
      process.stdout.write(`${id}\n`);
    }
  };
  await Promise.all([0, 1, 2, 3].map(writeOnAndOn));
}

await writeUntilKilled(process.argv[2] ?? '');
