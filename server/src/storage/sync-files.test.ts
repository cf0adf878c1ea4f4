import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type FsyncMode, openSyncer } from './sync-files.ts';
import { temporaryFolder } from './testing/sample-images.ts';

/** A path that cannot be synced, because a file stands where a folder would have to be. */
async function brokenPath(folder: string): Promise<string> {
  await writeFile(join(folder, 'file'), 'x');
  return join(folder, 'file', 'below');
}

function syncerFor(mode: FsyncMode, folder: string) {
  const syncer = openSyncer(mode, folder);
  onTestFinished(syncer.close);
  return syncer;
}

describe('openSyncer', () => {
  it('syncs before it resolves when it is always wanted', async () => {
    await using folder = await temporaryFolder();
    const syncer = syncerFor('always', folder.path);
    await expect(syncer.keep(await brokenPath(folder.path))).rejects.toThrow('ENOTDIR');
    await expect(syncer.settled()).resolves.toBeUndefined();
  });

  it('syncs groups behind the caller, and tells a failure once', async () => {
    await using folder = await temporaryFolder();
    const syncer = syncerFor('group', folder.path);
    await expect(syncer.keep(await brokenPath(folder.path))).resolves.toBeUndefined();
    await expect(syncer.settled()).rejects.toThrow('ENOTDIR');
    await expect(syncer.settled()).resolves.toBeUndefined();
  });

  it('never syncs when it is off', async () => {
    await using folder = await temporaryFolder();
    const syncer = syncerFor('off', folder.path);
    await expect(syncer.keep(await brokenPath(folder.path))).resolves.toBeUndefined();
    await expect(syncer.settled()).resolves.toBeUndefined();
  });

  it.each(['always', 'group'] as const)('does not mind files that are gone again: %s', async (mode) => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'ab', 'cd', 'file');
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, 'x');
    const syncer = syncerFor(mode, folder.path);
    await syncer.keep(path);
    await rm(join(folder.path, 'ab'), { recursive: true });
    await syncer.keep(path);
    await expect(syncer.settled()).resolves.toBeUndefined();
  });
});
