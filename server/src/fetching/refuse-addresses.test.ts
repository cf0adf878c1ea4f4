import { afterEach, describe, expect, test } from 'vitest';
import type { Lookup } from './open-connector.ts';
import { closeAll, failure, guard, host, noName, read } from './testing/try-fetching.ts';

afterEach(closeAll);

describe('addresses that are refused', () => {
  /** PORT is the port of a server on loopback, which must never see a request. */
  const spellings = [
    'http://127.0.0.1:PORT/',
    'http://127.0.0.1.:PORT/',
    'http://127.1:PORT/',
    'http://127.0.1:PORT/',
    'http://127.000.000.001:PORT/',
    'http://127.255.255.254:PORT/',
    'http://2130706433:PORT/',
    'http://017700000001:PORT/',
    'http://0x7f000001:PORT/',
    'http://0x7f.1:PORT/',
    'http://0x7F.0x0.0x0.0x1:PORT/',
    'http://0177.0.0.1:PORT/',
    'http://0177.0.0x1:PORT/',
    'http://0:PORT/',
    'http://0.0.0.0:PORT/',
    'http://127。0。0。1:PORT/',
    'http://①②⑦.⓪.⓪.①:PORT/',
    'http://%31%32%37.0.0.1:PORT/',
    'http://127.0.0.1%2e:PORT/',
    'http:127.0.0.1:PORT/',
    'http:\\\\127.0.0.1:PORT\\',
    ' \thttp://127.0.0.1:PORT/\n',
    'ht\ntp://127.0.\t0.1:PORT/',
    'HTTP://127.0.0.1:PORT/',
    'https://127.0.0.1:PORT/',
    'http://[::1]:PORT/',
    'http://[0:0:0:0:0:0:0:1]:PORT/',
    'http://[::]:PORT/',
    'http://[::127.0.0.1]:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://[::ffff:7f00:1]:PORT/',
    'http://[0:0:0:0:0:FFFF:127.0.0.1]:PORT/',
    'http://[64:ff9b::127.0.0.1]:PORT/',
    'http://[2002:7f00:1::]:PORT/',
    'http://[2001:0:7f00:1::]:PORT/',
    'http://[fe80::1]:PORT/',
    'http://[fe80::1%25lo]:PORT/',
    'http://[fd00:ec2::254]/latest/meta-data/',
    'http://169.254.169.254/latest/meta-data/',
    'http://2852039166/latest/meta-data/',
    'http://0xa9fea9fe/',
    'http://0251.0376.0251.0376/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://100.100.100.200/latest/meta-data/',
    'http://168.63.129.16/machine',
    'http://10.0.0.1/',
    'http://172.16.0.1/',
    'http://192.168.1.1/',
    'http://198.18.0.1/',
    'http://224.0.0.1/',
    'http://255.255.255.255/',
    'http://user:secret@public.example/',
    'http://user@127.0.0.1:PORT/',
    'http://127.0.0.1:PORT@public.example/',
    'file:///etc/passwd',
    'ftp://127.0.0.1/',
    'gopher://127.0.0.1:PORT/_',
    'data:image/png;base64,AAAA',
    'javascript:alert(1)',
    'blob:http://127.0.0.1:PORT/1',
    'unix:///var/run/docker.sock',
    '//127.0.0.1:PORT/',
    '127.0.0.1',
    '/etc/passwd',
    '',
    'http://',
    'http://256.1.1.1/',
    'http://127.0.0.1:99999/',
    'http://[::1/',
    `http://public.example/${'a'.repeat(20_000)}`,
  ];

  test.each(spellings)('%j', async (spelling) => {
    const loopback = await host((_request, response) => void response.end('secret'));
    const url = spelling.replaceAll('PORT', String(loopback.port));
    // Another port of the same host is allowed: that must open nothing else.
    const error = await failure(read(guard(['127.0.0.1:1', 'localhost:1'], noName), url, { param: 'image' }));
    expect(error.code).toBe('invalid_image_url');
    expect(error.facts.param).toBe('image');
    expect(error.message).not.toContain('secret');
    expect(loopback.requests).toHaveLength(0);
  });

  test('says what to do, and nothing of where a name leads', async () => {
    const fetching = guard([], async () => [{ address: '10.20.30.40', family: 4 }]);
    const error = await failure(read(fetching, 'http://intranet.example/'));
    expect(error.message).toContain('not a public address');
    expect(error.message).toContain('PICTOR_FETCH_ALLOW');
    expect(JSON.stringify(error.facts)).not.toContain('10.20.30.40');
  });

  test('what looks like a host behind a backslash is part of the path', async () => {
    const asked: string[] = [];
    const fetching = guard([], async (hostname) => {
      asked.push(hostname);
      return [{ address: '127.0.0.1', family: 4 }];
    });
    await failure(read(fetching, 'http://public.example\\@other.example/'));
    expect(asked).toEqual(['public.example']);
  });

  test('localhost, as the real resolver answers it', async () => {
    const loopback = await host((_request, response) => void response.end('secret'));
    for (const name of ['localhost', 'LOCALHOST', 'loc%61lhost']) {
      const error = await failure(read(guard([]), `http://${name}:${loopback.port}/`));
      expect(error.code).toBe('invalid_image_url');
    }
    // Not every system's resolver knows this spelling.
    await failure(read(guard([]), `http://localhost.:${loopback.port}/`));
    expect(loopback.requests).toHaveLength(0);
  });
});

describe('names', () => {
  const answers = [
    ['loopback', ['127.0.0.1']],
    ['IPv6 loopback', ['::1']],
    ['a mapped address', ['::ffff:127.0.0.1']],
    ['NAT64', ['64:ff9b::7f00:1']],
    ['public first, then private', ['1.1.1.1', '127.0.0.1']],
    ['private first, then public', ['127.0.0.1', '1.1.1.1']],
    ['public IPv4 and private IPv6', ['1.1.1.1', 'fd00::1']],
    ['a zone', ['fe80::1%lo']],
    ['no address at all', ['nonsense']],
  ] as const;

  test.each(answers)('a name that resolves to %s is refused', async (_title, addresses) => {
    const loopback = await host((_request, response) => void response.end('secret'));
    const fetching = guard([], async () =>
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
    const error = await failure(read(fetching, `http://name.example:${loopback.port}/`));
    expect(error.code).toBe('invalid_image_url');
    expect(loopback.requests).toHaveLength(0);
  });

  test('a name is resolved once for a connection, and that answer is connected to', async () => {
    const loopback = await host((_request, response) => void response.end('here'));
    const asked: string[] = [];
    // Only the first answer leads anywhere: a second question would fail the download.
    const fetching = guard(['assets.internal'], async (hostname) => {
      asked.push(hostname);
      return [{ address: asked.length === 1 ? '127.0.0.1' : '192.0.2.1', family: 4 }];
    });
    const { bytes } = await read(fetching, `http://assets.internal:${loopback.port}/`);
    expect(bytes.toString()).toBe('here');
    expect(asked).toEqual(['assets.internal']);
  });

  test('a name that changes from public to private between two looks reaches nothing private', async () => {
    const loopback = await host((_request, response) => void response.end('secret'));
    let calls = 0;
    const rebinding: Lookup = async () => {
      calls += 1;
      return [{ address: calls === 1 ? '2606:4700:4700::1111' : '127.0.0.1', family: calls === 1 ? 6 : 4 }];
    };
    const fetching = guard([], rebinding);
    const url = `http://rebind.example:${loopback.port}/`;
    const first = await failure(read(fetching, url, { timeoutMs: 300 }));
    const second = await failure(read(fetching, url, { timeoutMs: 300 }));
    expect(first.code).toBe('failed_to_download_image');
    expect(second.code).toBe('invalid_image_url');
    expect(loopback.requests).toHaveLength(0);
  });

  test('a redirect back to the same name is resolved and checked again', async () => {
    let calls = 0;
    const start = await host((_request, response) => {
      response.writeHead(302, { location: `http://rebind.example:${start.port}/secret` }).end();
    });
    const fetching = guard([`assets.internal:${start.port}`], async () => {
      calls += 1;
      return [{ address: '127.0.0.1', family: 4 }];
    });
    const error = await failure(read(fetching, `http://assets.internal:${start.port}/`));
    expect(error.code).toBe('invalid_image_url');
    expect(calls).toBe(2);
    expect(start.requests.map((request) => request.url)).toEqual(['/']);
  });

  test('a name without an address, and a name with an empty answer, are failures to download', async () => {
    for (const lookup of [noName, async () => []]) {
      const error = await failure(read(guard([], lookup), 'http://nowhere.example/', { param: 'images[1]' }));
      expect(error.code).toBe('failed_to_download_image');
      expect(error.message).toContain('could not be resolved');
      expect(error.facts.param).toBe('images[1]');
    }
  });
});
