import { afterEach, describe, expect, test } from 'vitest';
import { closeAll, failure, guard, host, read } from './testing/try-fetching.ts';

afterEach(closeAll);

describe('redirects', () => {
  const inner = [
    'http://169.254.169.254/latest/meta-data/',
    'http://127.0.0.1:PORT/',
    'http://[::1]:PORT/',
    'http://2130706433:PORT/',
    '//127.0.0.1:PORT/',
    'file:///etc/passwd',
    'http://user:secret@127.0.0.1:PORT/',
    'http://[broken',
  ];

  test.each(inner)('an allowed host that redirects to %s is not followed', async (target) => {
    const secret = await host((_request, response) => void response.end('secret'));
    const allowed = await host((_request, response) => {
      response.writeHead(302, { location: target.replaceAll('PORT', String(secret.port)) }).end('secret');
    });
    const error = await failure(read(guard([`127.0.0.1:${allowed.port}`]), allowed.url));
    expect(error.code).toBe('invalid_image_url');
    expect(error.message).not.toContain('secret');
    expect(secret.requests).toHaveLength(0);
    expect(allowed.requests).toHaveLength(1);
  });

  test.each([301, 302, 303, 307, 308])('status %i is followed, relative addresses too', async (status) => {
    const assets = await host((request, response) => {
      if (request.url === '/folder/end?size=1') return void response.end('there');
      response.writeHead(status, { location: 'end?size=1#part', 'set-cookie': 'a=b' }).end('elsewhere');
    });
    const { bytes } = await read(guard([`127.0.0.1:${assets.port}`]), `${assets.url}/folder/start`);
    expect(bytes.toString()).toBe('there');
    expect(assets.requests.at(-1)?.headers.cookie).toBeUndefined();
    expect(assets.requests.at(-1)?.headers.referer).toBeUndefined();
  });

  test('five are followed, and a sixth is not', async () => {
    const assets = await host((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) return void response.end('end');
      response.writeHead(302, { location: `/${left - 1}` }).end();
    });
    const fetching = guard([`127.0.0.1:${assets.port}`]);
    expect((await read(fetching, `${assets.url}/5`)).bytes.toString()).toBe('end');
    const error = await failure(read(fetching, `${assets.url}/6`));
    expect(error.code).toBe('failed_to_download_image');
    expect(error.message).toContain('redirects more than 5 times');
  });

  test('a loop ends', async () => {
    const assets = await host((_request, response) => void response.writeHead(302, { location: '/' }).end());
    const error = await failure(read(guard([`127.0.0.1:${assets.port}`]), assets.url));
    expect(error.code).toBe('failed_to_download_image');
    expect(assets.requests).toHaveLength(6);
  });

  test('a redirect to nowhere tells its status', async () => {
    const assets = await host((_request, response) => void response.writeHead(302).end());
    const error = await failure(read(guard([`127.0.0.1:${assets.port}`]), assets.url));
    expect(error.message).toContain('status 302');
  });
});
