import { afterEach, describe, expect, test } from 'vitest';
import type { Lookup } from './open-connector.ts';
import { closeAll, guard, host, noName } from './testing/try-fetching.ts';

afterEach(closeAll);

const message = { body: '{"a":1}', headers: { 'x-sign': 'v1' }, timeoutMs: 1_000 };

describe('a message to an address that a caller named', () => {
  test('arrives whole, with its headers, and gives the status', async () => {
    const bodies: string[] = [];
    const receiver = await host(async (request, response) => {
      bodies.push(Buffer.concat(await request.toArray()).toString());
      response.writeHead(418).end('a long story');
    });
    const fetching = guard([`127.0.0.1:${receiver.port}`]);
    expect(await fetching.post(`${receiver.url}/hook?a=b`, message)).toEqual({ status: 418, failure: null });
    expect(bodies).toEqual(['{"a":1}']);
    const [request] = receiver.requests;
    expect(request).toMatchObject({ method: 'POST', url: '/hook?a=b' });
    expect(request?.headers).toMatchObject({ 'x-sign': 'v1', 'content-length': '7' });
  });

  test('follows no redirect', async () => {
    const receiver = await host((_request, response) => {
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    const fetching = guard([`127.0.0.1:${receiver.port}`]);
    expect(await fetching.post(receiver.url, message)).toEqual({ status: 307, failure: null });
    expect(receiver.requests).toHaveLength(1);
  });

  test('goes to no private host, whatever its name says', async () => {
    const receiver = await host((_request, response) => void response.end());
    const toLoopback: Lookup = async () => [{ address: '127.0.0.1', family: 4 }];
    for (const url of [receiver.url, `http://hooks.example:${receiver.port}/`, 'http://[::1]/']) {
      const result = await guard([], toLoopback).post(url, message);
      expect(result).toMatchObject({
        status: null,
        failure: expect.stringContaining('not a public address'),
      });
    }
    expect(await guard([]).post('ftp://hooks.example/', message)).toMatchObject({
      failure: expect.stringContaining('http and https'),
    });
    expect(receiver.requests).toHaveLength(0);
  });

  test('says what failed: no name, nobody there, no answer in time', async () => {
    const silent = await host(() => undefined);
    const fetching = guard([`127.0.0.1:${silent.port}`, '127.0.0.1:1']);
    expect(await guard([], noName).post('https://nowhere.example/', message)).toMatchObject({
      failure: expect.stringContaining('could not be resolved'),
    });
    expect(await fetching.post('http://127.0.0.1:1/', message)).toMatchObject({
      failure: expect.stringContaining('could not be reached'),
    });
    expect(await fetching.post(silent.url, { ...message, timeoutMs: 200 })).toMatchObject({
      status: null,
      failure: expect.stringContaining('longer than 0.2 seconds'),
    });
    const cut = new AbortController();
    const sent = fetching.post(silent.url, { ...message, signal: cut.signal });
    cut.abort(new Error('stopping'));
    await expect(sent).rejects.toThrow('stopping');
  });
});

describe('a look at an address beforehand', () => {
  const names: Readonly<Record<string, readonly string[]>> = {
    'open.example': ['93.184.216.34'],
    'both.example': ['93.184.216.34', '10.0.0.1'],
    'inner.example': ['192.168.1.1'],
  };
  const lookup: Lookup = async (name) => {
    const addresses = names[name];
    if (addresses === undefined) return await noName(name);
    return addresses.map((address) => ({ address, family: 4 }));
  };

  test.each([
    'http://open.example/',
    'https://unknown.example/hook',
    'http://93.184.216.34/',
    'http://allowed.example:8080/',
  ])('finds nothing against %s', async (url) => {
    expect(await guard(['allowed.example:8080'], lookup).check(url)).toBeNull();
  });

  test.each([
    'http://inner.example/',
    'http://both.example/',
    'http://127.0.0.1/',
    'http://0x7f000001/',
    'http://[::ffff:10.0.0.1]/',
    'file:///etc/passwd',
    'http://user:word@open.example/',
    'nonsense',
  ])('speaks against %s', async (url) => {
    expect(await guard([], lookup).check(url)).toEqual(expect.any(String));
  });
});
