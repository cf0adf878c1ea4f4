import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { hashBytes, type ImageStore, openStore } from './index.ts';
import { inChunks, noise, plain, temporaryFolder } from './testing/sample-images.ts';

const bytes = Buffer.from(Array.from({ length: 10_000 }, (_, index) => index % 251));

async function withStore(
  work: (store: ImageStore, dataDir: string) => Promise<void>,
  fsync: 'group' | 'always' | 'off' = 'off',
): Promise<void> {
  await using folder = await temporaryFolder();
  const store = await openStore({ dataDir: folder.path, fsync });
  await work(store, folder.path);
  await store.close();
}

/** All files that the store holds, by their path under `images/`. */
async function filesOf(dataDir: string): Promise<string[]> {
  const entries = await readdir(join(dataDir, 'images'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

describe('hashBytes', () => {
  it('is BLAKE3', () => {
    expect(hashBytes(Buffer.from('abc'))).toBe(
      '6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85',
    );
  });
});

describe.each(['always', 'group', 'off'] as const)('a store with fsync %s', (fsync) => {
  it('keeps bytes under their hash', async () => {
    await withStore(async (store, dataDir) => {
      const hash = hashBytes(bytes);
      expect(await store.put(inChunks(bytes))).toEqual({ hash, byteCount: 10_000 });
      const path = join(dataDir, 'images', hash.slice(0, 2), hash);
      expect(store.pathOf(hash)).toBe(path);
      expect(await filesOf(dataDir)).toEqual([path]);
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      expect(await readFile(path)).toEqual(bytes);
      expect(await store.size(hash)).toBe(10_000);
      expect(await store.has(hash)).toBe(true);
      await store.settled();
    }, fsync);
  });

  it('finds everything again after it was closed', async () => {
    await using folder = await temporaryFolder();
    const first = await openStore({ dataDir: folder.path, fsync });
    const { hash } = await first.put(inChunks(bytes));
    await first.close();
    const second = await openStore({ dataDir: folder.path, fsync });
    expect(await buffer(second.read(hash))).toEqual(bytes);
    await second.close();
  });
});

describe('put', () => {
  it('stores the same bytes once, one after the other and at once', async () => {
    await withStore(async (store, dataDir) => {
      const one = await store.put(inChunks(bytes, 7));
      const inode = (await stat(store.pathOf(one.hash))).ino;
      expect(await store.put(inChunks(bytes))).toEqual(one);
      expect((await stat(store.pathOf(one.hash))).ino).toBe(inode);
      const other = bytes.subarray(1);
      const puts = await Promise.all(Array.from({ length: 5 }, () => store.put(inChunks(other))));
      expect(new Set(puts.map((put) => put.hash))).toEqual(new Set([hashBytes(other)]));
      expect(await filesOf(dataDir)).toHaveLength(2);
    });
  });

  it('takes nothing, and empty chunks', async () => {
    await withStore(async (store) => {
      const nothing = await store.put(inChunks(Buffer.alloc(0)));
      expect(nothing).toEqual({ hash: hashBytes(Buffer.alloc(0)), byteCount: 0 });
      async function* sparse() {
        yield Buffer.alloc(0);
        yield bytes;
        yield Buffer.alloc(0);
      }
      expect((await store.put(sparse())).hash).toBe(hashBytes(bytes));
    });
  });

  it('leaves nothing behind when its source fails, and passes its error on', async () => {
    await withStore(async (store, dataDir) => {
      const failure = new Error('the line went dead');
      async function* failing() {
        yield bytes;
        throw failure;
      }
      await expect(store.put(failing())).rejects.toBe(failure);
      await expect(store.putImage(failing())).rejects.toBe(failure);
      expect(await filesOf(dataDir)).toEqual([]);
    });
  });

  it('ends at the limit, and lets the source clean up', async () => {
    await withStore(async (store, dataDir) => {
      let given = 0;
      let cleaned = false;
      async function* endless() {
        try {
          for (;;) {
            given += 1;
            yield bytes;
          }
        } finally {
          cleaned = true;
        }
      }
      await expect(store.put(endless(), { maxBytes: 25_000 })).rejects.toMatchObject({
        code: 'image_too_large',
        message: expect.stringContaining('25000 bytes'),
      });
      expect(given).toBe(3);
      expect(cleaned).toBe(true);
      const own = new Error('own words');
      await expect(store.put(endless(), { maxBytes: 1, tooLarge: () => own })).rejects.toBe(own);
      expect(await filesOf(dataDir)).toEqual([]);
      expect((await store.put(inChunks(bytes), { maxBytes: bytes.length })).byteCount).toBe(bytes.length);
    });
  });

  it('takes pictures as base64, shows it on the way, and refuses what is none', async () => {
    await withStore(async (store, dataDir) => {
      const png = await noise(500, 400).png().toBuffer();
      const asText = (text: string) =>
        Object.assign(inChunks(Buffer.from('unused')), { base64: inChunks(Buffer.from(text), 70_001) });
      const seen: Buffer[] = [];
      const stored = await store.putImage(asText(png.toString('base64')), (text) =>
        seen.push(Buffer.from(text)),
      );
      expect(stored).toMatchObject({ hash: hashBytes(png), byteCount: png.length, width: 500, height: 400 });
      expect(Buffer.concat(seen).toString()).toBe(png.toString('base64'));
      expect(await buffer(store.read(hashBytes(png)))).toEqual(png);
      const wrong = png.toString('base64').replace(/.(?=.{20}$)/, '!');
      expect(await store.putImage(asText(wrong))).toBeNull();
      expect(await store.putImage(asText(png.toString('base64').slice(0, -7)))).toBeNull();
      expect(await filesOf(dataDir)).toHaveLength(1);
    });
  });

  it('heals a file that lost its bytes when the machine stopped', async () => {
    await withStore(async (store) => {
      const { hash } = await store.put(inChunks(bytes));
      await truncate(store.pathOf(hash), 0);
      await store.put(inChunks(bytes));
      expect(await buffer(store.read(hash))).toEqual(bytes);
    });
  });

  it('moves what an earlier version stored to where it is looked for now, once', async () => {
    await using folder = await temporaryFolder();
    const hash = hashBytes(bytes);
    const old = join(folder.path, 'images', hash.slice(0, 2), hash.slice(2, 4));
    const oldThumbnail = join(folder.path, 'images', 'thumbnails', hash.slice(0, 2), hash.slice(2, 4));
    for (const [path, name] of [
      [old, hash],
      [oldThumbnail, `${hash}.webp`],
    ] as const) {
      await mkdir(path, { recursive: true });
      await writeFile(join(path, name), bytes);
    }
    const store = await openStore({ dataDir: folder.path, fsync: 'off' });
    expect(await buffer(store.read(hash))).toEqual(bytes);
    expect((await store.thumbnail(hash)).byteCount).toBe(bytes.length);
    expect(await filesOf(folder.path)).toHaveLength(2);
    await store.close();
    await mkdir(old, { recursive: true });
    await (await openStore({ dataDir: folder.path, fsync: 'off' })).close();
    expect((await stat(old)).isDirectory()).toBe(true);
  });

  it('finds no leftovers of a killed process after the next start', async () => {
    await using folder = await temporaryFolder();
    const script = `
      import { openStore } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))};
      const store = await openStore({ dataDir: ${JSON.stringify(folder.path)}, fsync: 'group' });
      const chunks = async function* () {
        for (let count = 0; ; count += 1) {
          yield Buffer.alloc(300_000);
          await new Promise((go) => setTimeout(go, 10));
          if (count === 5) console.log('storing');
        }
      };
      await store.put(chunks());`;
    await using scripts = await temporaryFolder();
    const file = join(scripts.path, 'put.mjs');
    await writeFile(file, script);
    const child = spawn(process.execPath, [file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await exited;
    expect(await filesOf(folder.path)).toHaveLength(1);
    const store = await openStore({ dataDir: folder.path, fsync: 'off' });
    expect(await filesOf(folder.path)).toEqual([]);
    await store.close();
  });
});

describe('putImage', () => {
  it('tells what it stored', async () => {
    await withStore(async (store) => {
      const png = await plain(30, 20).png().toBuffer();
      expect(await store.putImage(inChunks(png, 50))).toEqual({
        hash: hashBytes(png),
        byteCount: png.length,
        mediaType: 'image/png',
        width: 30,
        height: 20,
        hasAlpha: false,
        frames: 1,
        colourSpace: 'srgb',
        orientation: 1,
      });
    });
  });

  it('keeps nothing that is no image, or only half of one', async () => {
    await withStore(async (store, dataDir) => {
      const png = await noise(200, 200).png().toBuffer();
      const jpeg = await noise(200, 200).jpeg().toBuffer();
      expect(await store.putImage(inChunks(bytes))).toBeNull();
      expect(await store.putImage(inChunks(Buffer.alloc(0)))).toBeNull();
      expect(await store.putImage(inChunks(png.subarray(0, png.length / 2)))).toBeNull();
      expect(await store.putImage(inChunks(jpeg.subarray(0, jpeg.length / 2)))).toBeNull();
      expect(await filesOf(dataDir)).toEqual([]);
    });
  });

  it('leaves bytes alone that were stored as a file before', async () => {
    await withStore(async (store) => {
      const { hash } = await store.put(inChunks(bytes));
      expect(await store.putImage(inChunks(bytes))).toBeNull();
      expect(await store.has(hash)).toBe(true);
    });
  });
});

describe('reading', () => {
  it('gives the whole, a part, and base64 of any length', async () => {
    await withStore(async (store) => {
      const large = Buffer.alloc(3 * 192 * 1024 + 5, 'pictor');
      for (const count of [0, 1, 2, 3, 192 * 1024 - 1, 192 * 1024, 192 * 1024 + 1, large.length]) {
        const part = large.subarray(0, count);
        const { hash } = await store.put(inChunks(part, 50_000));
        const pieces: Buffer[] = [];
        for await (const piece of store.readBase64(hash)) pieces.push(piece);
        expect(Buffer.concat(pieces).toString('latin1')).toBe(part.toString('base64'));
        expect(pieces.every((piece) => piece.length <= 256 * 1024)).toBe(true);
      }
      const { hash } = await store.put(inChunks(bytes));
      expect(await buffer(store.read(hash))).toEqual(bytes);
      expect(await buffer(store.read(hash, { start: 10, end: 19 }))).toEqual(bytes.subarray(10, 20));
    });
  });

  it('says when there is nothing', async () => {
    await withStore(async (store) => {
      const hash = hashBytes(bytes);
      expect(await store.has(hash)).toBe(false);
      expect(await store.size(hash)).toBeNull();
      expect(await store.inspect(hash)).toBeNull();
      expect(await store.checkDecodable(hash)).toEqual({ problem: 'missing' });
      await expect(buffer(store.read(hash))).rejects.toThrow('ENOENT');
      await expect(buffer(store.readBase64(hash))).rejects.toThrow('ENOENT');
      await expect(store.remove(hash)).resolves.toBeUndefined();
    });
  });

  it('lets nothing but a hash become a path', async () => {
    await withStore(async (store) => {
      for (const name of ['', '../../link-secret', `${'a'.repeat(63)}/`, 'A'.repeat(64), 'a'.repeat(65)]) {
        expect(() => store.pathOf(name)).toThrow(RangeError);
        await expect(store.remove(name)).rejects.toThrow(RangeError);
        await expect(store.thumbnail(name)).rejects.toThrow(RangeError);
      }
    });
  });

  it('remembers facts until the bytes are removed', async () => {
    await withStore(async (store) => {
      const { hash } = await store.put(inChunks(await plain(8, 9).png().toBuffer()));
      const facts = await store.inspect(hash);
      expect(facts).toMatchObject({ width: 8, height: 9 });
      await rm(store.pathOf(hash));
      expect(await store.inspect(hash)).toEqual(facts);
      await store.remove(hash);
      expect(await store.inspect(hash)).toBeNull();
    });
  });
});
