import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { openGuardedFetch } from './index.ts';
import { openHost } from './testing/open-host.ts';
import { closeAll, failure, guard, host, rawHost, read } from './testing/try-fetching.ts';

afterEach(closeAll);

describe('bodies', () => {
  test('come whole, with their media type, from an allowed host, and nothing of ours is sent along', async () => {
    const body = Buffer.alloc(1000, 7);
    const assets = await host((_request, response) => {
      response.writeHead(200, { 'content-type': 'Image/PNG; charset=binary' }).end(body);
    });
    const got = await read(guard([`127.0.0.1:${assets.port}`]), `${assets.url}/a%20b?c=d#e`);
    expect(got.bytes.equals(body)).toBe(true);
    expect(got.declaredMediaType).toBe('image/png');
    const [request] = assets.requests;
    expect(request?.url).toBe('/a%20b?c=d');
    expect(request?.headers).toEqual({
      host: `127.0.0.1:${assets.port}`,
      connection: 'close',
      'user-agent': 'Pictor/0.1.0',
      accept: 'image/*, */*;q=0.5',
      'accept-encoding': 'identity',
    });
  });

  test.each([204, 304, 400, 401, 404, 500, 503])('status %i', async (status) => {
    const assets = await host((_request, response) => void response.writeHead(status).end());
    const work = read(guard([`127.0.0.1:${assets.port}`]), assets.url);
    if (status === 204) {
      expect((await work).bytes).toHaveLength(0);
      return;
    }
    const error = await failure(work);
    expect(error.code).toBe('failed_to_download_image');
    expect(error.message).toContain(`status ${status}`);
  });

  test('an announced size beyond the cap is refused before a byte is read', async () => {
    const assets = await host((_request, response) => {
      response.writeHead(200, { 'content-length': '1001' }).write('a');
    });
    const error = await failure(
      guard([`127.0.0.1:${assets.port}`]).download(assets.url, { maxBytes: 1000, param: 'image' }),
    );
    expect(error.code).toBe('image_too_large');
    expect(error.facts.param).toBe('image');
  });

  test('an endless body is cut at the cap, and its connection closed', async () => {
    let closed: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const assets = await host((request, response) => {
      request.socket.once('close', closed);
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(64 * 1024)));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    const error = await failure(
      read(guard([`127.0.0.1:${assets.port}`]), assets.url, { maxBytes: 1_000_000 }),
    );
    expect(error.code).toBe('image_too_large');
    await ended;
  });

  test('a body that drips is cut when the time is over', async () => {
    const assets = await host((_request, response) => {
      const timer = setInterval(() => response.write('a'), 20);
      response.once('close', () => clearInterval(timer));
    });
    const error = await failure(
      read(guard([`127.0.0.1:${assets.port}`]), assets.url, { timeoutMs: 250, maxBytes: 1e9 }),
    );
    expect(error.code).toBe('failed_to_download_image');
    expect(error.message).toContain('0.25 seconds');
  });

  test('a server that never answers, and one that redirects slowly, share one time limit', async () => {
    const silent = await host(() => undefined);
    const slow = await host((_request, response) => {
      setTimeout(() => response.writeHead(302, { location: '/' }).end(), 150);
    });
    for (const { url, port } of [silent, slow]) {
      const error = await failure(read(guard([`127.0.0.1:${port}`]), url, { timeoutMs: 250 }));
      expect(error.message).toContain('took longer than');
    }
  });

  test('fewer bytes than announced are a cut connection', async () => {
    const address = await rawHost((socket) =>
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort'),
    );
    const error = await failure(read(guard([address]), `http://${address}/`));
    expect(error.code).toBe('failed_to_download_image');
    expect(error.message).toContain('cut');
  });

  test('more bytes than announced are not read', async () => {
    const address = await rawHost((socket) =>
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nshortHTTP/1.1 200 OK\r\n\r\nsmuggled'),
    );
    expect((await read(guard([address]), `http://${address}/`)).bytes.toString()).toBe('short');
  });

  test('a connection that breaks before anybody reads does not end the process', async () => {
    const address = await rawHost((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort');
      setTimeout(() => socket.resetAndDestroy(), 20);
    });
    const download = await guard([address]).download(`http://${address}/`, { maxBytes: 1000 });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const error = await failure(
      (async () => {
        for await (const _chunk of download.chunks);
      })(),
    );
    expect(error.code).toBe('failed_to_download_image');
  });

  test.each([
    ['no HTTP', 'SSH-2.0-OpenSSH_9.9\r\n'],
    ['an endless head', `HTTP/1.1 200 OK\r\n${`x-filler: ${'a'.repeat(1000)}\r\n`.repeat(100)}`],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nshort!'],
    ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'],
  ])('%s is no answer', async (_title, bytes) => {
    const address = await rawHost((socket) => socket.end(bytes));
    const error = await failure(read(guard([address]), `http://${address}/`));
    expect(error.code).toBe('failed_to_download_image');
    expect(error.message).not.toContain('SSH');
  });

  test('a closed port', async () => {
    const gone = await openHost(() => undefined);
    await gone.close();
    const error = await failure(read(guard(['127.0.0.1']), gone.url));
    expect(error.code).toBe('failed_to_download_image');
    expect(error.message).toContain('could not be reached');
  });

  test('a plain server behind https is a failure to download', async () => {
    const assets = await host((_request, response) => void response.end());
    const error = await failure(
      read(guard(['127.0.0.1']), assets.url.replace('http:', 'https:'), { timeoutMs: 2000 }),
    );
    expect(error.code).toBe('failed_to_download_image');
  });

  test('compressed bodies are refused by name, and never inflated without one', async () => {
    const bomb = gzipSync(Buffer.alloc(10_000_000));
    const assets = await host((request, response) => {
      response.writeHead(200, request.url === '/named' ? { 'content-encoding': 'gzip' } : {}).end(bomb);
    });
    const fetching = guard([`127.0.0.1:${assets.port}`]);
    const error = await failure(read(fetching, `${assets.url}/named`, { maxBytes: 100_000 }));
    expect(error.code).toBe('failed_to_download_image');
    expect(error.message).toContain('compressed');
    const plain = await read(fetching, `${assets.url}/unnamed`, { maxBytes: 100_000 });
    expect(plain.bytes.equals(bomb)).toBe(true);
  });

  test('a reader that leaves early closes the connection', async () => {
    let closed: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const assets = await host((request, response) => {
      request.socket.once('close', closed);
      response.write('a');
    });
    const download = await guard([`127.0.0.1:${assets.port}`]).download(assets.url, { maxBytes: 1000 });
    for await (const chunk of download.chunks) {
      expect(Buffer.from(chunk).toString()).toBe('a');
      break;
    }
    await ended;
  });

  test('closing cuts what runs', async () => {
    const assets = await host((_request, response) => void response.write('a'));
    const fetching = openGuardedFetch({ allow: [`127.0.0.1:${assets.port}`] });
    const work = failure(read(fetching, assets.url));
    while (assets.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await fetching.close();
    expect((await work).code).toBe('failed_to_download_image');
  });
});
