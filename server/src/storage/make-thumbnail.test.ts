import { readdir, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { hashBytes, type ImageStore, openStore } from './index.ts';
import { animation, claimingPng, inChunks, noise, plain, temporaryFolder } from './testing/sample-images.ts';

async function withStore(work: (store: ImageStore, dataDir: string) => Promise<void>): Promise<void> {
  await using folder = await temporaryFolder();
  const store = await openStore({ dataDir: folder.path, fsync: 'off' });
  await work(store, folder.path);
  await store.close();
}

describe('thumbnails', () => {
  it('are WebP of at most 512 pixels, under the hash of their image', async () => {
    await withStore(async (store, dataDir) => {
      const { hash } = await store.put(inChunks(await noise(1200, 600).png().toBuffer()));
      const { path, byteCount } = await store.thumbnail(hash);
      const folder = join(dataDir, 'images', 'thumbnails', hash.slice(0, 2));
      expect(path).toBe(join(folder, `${hash}.webp`));
      expect((await stat(path)).size).toBe(byteCount);
      expect(await sharp(path).metadata()).toMatchObject({ format: 'webp', width: 512, height: 256 });
      expect(await readdir(join(dataDir, 'images', 'tmp'))).toEqual([]);
    });
  });

  it('are made once, however many ask', async () => {
    await withStore(async (store) => {
      const { hash } = await store.put(inChunks(await plain(600, 600).png().toBuffer()));
      store.makeThumbnailLater(hash);
      const [first] = await Promise.all([store.thumbnail(hash), store.thumbnail(hash)]);
      const made = await stat(first.path);
      expect(await store.thumbnail(hash)).toEqual(first);
      store.makeThumbnailLater(hash);
      await store.close();
      const later = await stat(first.path);
      expect([later.ino, later.mtimeMs]).toEqual([made.ino, made.mtimeMs]);
    });
  });

  it('are made again when they are missing or empty', async () => {
    await withStore(async (store) => {
      const { hash } = await store.put(inChunks(await plain(600, 600).png().toBuffer()));
      const first = await store.thumbnail(hash);
      await rm(first.path);
      expect(await store.thumbnail(hash)).toEqual(first);
      await truncate(first.path, 0);
      expect(await store.thumbnail(hash)).toEqual(first);
    });
  });

  it('stand upright, keep transparency, are never enlarged, and show the first frame', async () => {
    await withStore(async (store) => {
      const thumbnailOf = async (bytes: Buffer) => {
        const { hash } = await store.put(inChunks(bytes));
        return sharp((await store.thumbnail(hash)).path);
      };
      const turned = await plain(800, 400).withMetadata({ orientation: 6 }).jpeg().toBuffer();
      expect(await (await thumbnailOf(turned)).metadata()).toMatchObject({ width: 256, height: 512 });
      const small = await plain(30, 20).ensureAlpha(0.5).png().toBuffer();
      expect(await (await thumbnailOf(small)).metadata()).toMatchObject({
        width: 30,
        height: 20,
        hasAlpha: true,
      });
      const moving = await thumbnailOf(await animation('gif', 3));
      expect(await moving.metadata()).toMatchObject({ width: 20, height: 20 });
      expect((await moving.metadata()).pages ?? 1).toBe(1);
      const printed = await plain(30, 20, '#ff0000').toColourspace('cmyk').jpeg().toBuffer();
      const colour = await thumbnailOf(printed);
      expect((await colour.metadata()).space).toBe('srgb');
      expect((await colour.stats()).dominant.r).toBeGreaterThan(200);
    });
  });

  it('do not exist of what is no image, is missing or is far too large', async () => {
    await withStore(async (store, dataDir) => {
      for (const bytes of [Buffer.from('hello'), claimingPng(50_000, 50_000)]) {
        const { hash } = await store.put(inChunks(bytes));
        store.makeThumbnailLater(hash);
        await expect(store.thumbnail(hash)).rejects.toMatchObject({ code: 'not_found' });
      }
      const missing = hashBytes(Buffer.from('missing'));
      await expect(store.thumbnail(missing)).rejects.toMatchObject({ code: 'not_found' });
      expect(await readdir(join(dataDir, 'images', 'tmp'))).toEqual([]);
    });
  });

  it('go with their image', async () => {
    await withStore(async (store) => {
      const { hash } = await store.put(inChunks(await plain(60, 60).png().toBuffer()));
      const { path } = await store.thumbnail(hash);
      await store.remove(hash);
      await expect(stat(path)).rejects.toThrow('ENOENT');
    });
  });
});
