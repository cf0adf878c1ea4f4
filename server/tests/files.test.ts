import { request } from 'node:http';
import OpenAI, { toFile } from 'openai';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';

let pictor: Pictor;
let client: OpenAI;
let picture: Buffer;

beforeAll(async () => {
  pictor = await startPictor();
  client = pictor.client();
  picture = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#c60' } })
    .png()
    .toBuffer();
});
afterAll(async () => {
  await pictor.stop();
  await removeDataDirs();
});
beforeEach(async () => {
  for await (const file of client.files.list()) await client.files.delete(file.id);
});

async function uploadText(text: string, purpose: OpenAI.FilePurpose = 'user_data') {
  return await client.files.create({ file: await toFile(Buffer.from(text), `${text}.txt`), purpose });
}

/** A form whose parts stand in the order given. A part without a filename is a field. */
function form(
  parts: readonly { name: string; value: string; filename?: string; type?: string }[],
): RequestInit {
  const body = parts
    .map(({ name, value, filename, type }) => {
      const file = filename === undefined ? '' : `; filename="${filename}"`;
      const declared = type === undefined ? '' : `content-type: ${type}\r\n`;
      return `--b0undary\r\ncontent-disposition: form-data; name="${name}"${file}\r\n${declared}\r\n${value}\r\n`;
    })
    .join('');
  return {
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=b0undary' },
    body: `${body}--b0undary--\r\n`,
  };
}

const textFile = { name: 'file', value: 'hello', filename: 'hello.txt', type: 'text/plain' };
const purpose = { name: 'purpose', value: 'vision' };

describe('the official client', () => {
  test('uploads, retrieves, reads and deletes a picture', async () => {
    const before = Math.floor(Date.now() / 1000);
    const file = await client.files.create({
      file: await toFile(picture, 'Füchse 🦊.png', { type: 'image/png' }),
      purpose: 'vision',
    });
    expect(file).toEqual({
      id: expect.stringMatching(/^file-[0-9a-f]{32}$/),
      object: 'file',
      bytes: picture.length,
      created_at: expect.any(Number),
      filename: 'Füchse 🦊.png',
      purpose: 'vision',
      status: 'processed',
      status_details: null,
    });
    expect(file.created_at).toBeGreaterThanOrEqual(before);
    expect(await client.files.retrieve(file.id)).toEqual(file);
    expect((await client.files.waitForProcessing(file.id)).id).toBe(file.id);

    const content = await client.files.content(file.id);
    expect(Buffer.from(await content.arrayBuffer()).equals(picture)).toBe(true);
    expect(content.headers.get('content-type')).toBe('image/png');
    expect(content.headers.get('content-length')).toBe(String(picture.length));
    expect(content.headers.get('content-disposition')).toBe(
      `attachment; filename="F_chse __.png"; filename*=UTF-8''F%C3%BCchse%20%F0%9F%A6%8A.png`,
    );

    expect(await client.files.delete(file.id)).toEqual({ id: file.id, object: 'file', deleted: true });
    await expect(client.files.retrieve(file.id)).rejects.toThrow(OpenAI.NotFoundError);
    await expect(client.files.content(file.id)).rejects.toThrow(OpenAI.NotFoundError);
    await expect(client.files.delete(file.id)).rejects.toThrow(OpenAI.NotFoundError);
  });

  test('pages through files in both orders', async () => {
    const ids: string[] = [];
    for (const text of ['one', 'two', 'three', 'four', 'five']) ids.push((await uploadText(text)).id);
    for (const order of ['asc', 'desc'] as const) {
      const seen: string[] = [];
      for await (const file of client.files.list({ limit: 2, order })) seen.push(file.id);
      expect(seen).toEqual(order === 'asc' ? ids : ids.toReversed());
    }
    const page = await client.files.list({ limit: 5 });
    expect(page.has_more).toBe(false);
    expect(page.data.map((file) => file.id)).toEqual(ids.toReversed());
  });

  test('narrows a list by purpose', async () => {
    const batch = await uploadText('batch', 'batch');
    await uploadText('vision', 'vision');
    const seen: string[] = [];
    for await (const file of client.files.list({ purpose: 'batch' })) seen.push(file.id);
    expect(seen).toEqual([batch.id]);
    expect(batch.expires_at).toBe(batch.created_at + 30 * 24 * 60 * 60);
  });

  test('says when a file expires', async () => {
    const file = await client.files.create({
      file: await toFile(Buffer.from('passing'), 'passing.txt'),
      purpose: 'user_data',
      expires_after: { anchor: 'created_at', seconds: 3600 },
    });
    expect(file.expires_at).toBe(file.created_at + 3600);
    expect((await client.files.retrieve(file.id)).expires_at).toBe(file.expires_at);
  });

  test('gets an error that it knows how to read', async () => {
    const work = client.files.create({
      file: await toFile(Buffer.from('late'), 'late.txt'),
      purpose: 'user_data',
      expires_after: { anchor: 'created_at', seconds: 60 },
    });
    await expect(work).rejects.toMatchObject({
      status: 400,
      code: 'invalid_value',
      param: 'expires_after[seconds]',
      type: 'invalid_request_error',
    });
    await expect(client.files.retrieve('file-abc')).rejects.toMatchObject({
      status: 404,
      code: 'not_found',
      param: 'id',
    });
  });

  test('edits a picture that it names by file_id', async () => {
    const file = await client.files.create({
      file: await toFile(picture, 'fox.png', { type: 'image/png' }),
      purpose: 'vision',
    });
    const edit = (fileId: string) =>
      pictor.call('/v1/images/edits', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          model: 'gpt-image-1',
          prompt: 'A fox in the snow',
          images: [{ file_id: fileId }],
        }),
      });
    const edited = await edit(file.id);
    expect(edited.status).toBe(200);
    const { data } = (await edited.json()) as { data: readonly { b64_json: string }[] };
    expect(data).toHaveLength(1);
    await client.files.delete(file.id);
    expect((await edit(file.id)).status).toBe(404);
  });
});

describe('forms', () => {
  const upload = async (init: RequestInit): Promise<{ status: number; body: Record<string, unknown> }> => {
    const response = await pictor.call('/v1/files', init);
    // `call` sets its own headers beside those of the form.
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  test.each([
    ['file before purpose', [textFile, purpose]],
    ['purpose before file', [purpose, textFile]],
    ['an empty expiry', [purpose, { name: 'expires_after', value: '' }, textFile]],
  ])('%s', async (_title, parts) => {
    const { status, body } = await upload(form(parts));
    expect(status).toBe(200);
    expect(body).toMatchObject({ bytes: 5, filename: 'hello.txt', purpose: 'vision' });
    expect(body).not.toHaveProperty('expires_at');
  });

  test('expires_after as JSON text', async () => {
    const expiry = { name: 'expires_after', value: '{"anchor":"created_at","seconds":2592000}' };
    const { body } = await upload(form([textFile, expiry, purpose]));
    expect(body.expires_at).toBe(Number(body.created_at) + 2_592_000);
  });

  test.each([
    ['no file', [purpose], 400, 'missing_required_parameter', 'file'],
    ['no purpose', [textFile], 400, 'missing_required_parameter', 'purpose'],
    ['an empty purpose', [textFile, { ...purpose, value: '' }], 400, 'missing_required_parameter', 'purpose'],
    ['a strange purpose', [textFile, { ...purpose, value: 'fun' }], 400, 'invalid_value', 'purpose'],
    ['an empty file', [{ ...textFile, value: '' }, purpose], 400, 'invalid_value', 'file'],
    [
      'a file that is a field',
      [{ name: 'file', value: 'x' }, purpose],
      400,
      'missing_required_parameter',
      'file',
    ],
    ['two files', [textFile, textFile, purpose], 400, 'duplicate_parameter', 'file'],
    ['two purposes', [textFile, purpose, purpose], 400, 'duplicate_parameter', 'purpose'],
    ['another file', [{ ...textFile, name: 'image' }, purpose], 400, 'unknown_parameter', 'image'],
    ['another field', [textFile, purpose, { name: 'model', value: 'x' }], 400, 'unknown_parameter', 'model'],
    [
      'half an expiry',
      [textFile, purpose, { name: 'expires_after[seconds]', value: '3600' }],
      400,
      'missing_required_parameter',
      'expires_after[anchor]',
    ],
  ])('%s', async (_title, parts, expectedStatus, code, param) => {
    const { status, body } = await upload(form(parts));
    expect(status).toBe(expectedStatus);
    expect(body).toMatchObject({ error: { code, param, type: 'invalid_request_error' } });
    expect((await client.files.list()).data).toEqual([]);
  });

  test.each([
    ['JSON', 'application/json', '{"purpose":"vision"}', 415, 'unsupported_content_type'],
    ['a form of another kind', 'application/x-www-form-urlencoded', 'a=b', 415, 'unsupported_content_type'],
    ['no boundary', 'multipart/form-data', 'x', 400, 'invalid_multipart'],
    ['no form at all', 'multipart/form-data; boundary=b', 'nonsense', 400, 'invalid_multipart'],
    [
      'a cut form',
      'multipart/form-data; boundary=b',
      '--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nabc',
      400,
      'invalid_multipart',
    ],
  ])('%s is refused', async (_title, type, body, expectedStatus, code) => {
    const answer = await upload({ method: 'POST', headers: { 'content-type': type }, body });
    expect(answer.status).toBe(expectedStatus);
    expect(answer.body).toMatchObject({ error: { code } });
  });

  test('a name cannot break out of its header or its folder', async () => {
    const { body } = await upload(form([{ ...textFile, filename: '../../etc/a%22;b\u202e.txt' }, purpose]));
    expect(body.filename).toBe('a%22;b.txt');
    const content = await pictor.call(`/v1/files/${body.id}/content`);
    expect(content.headers.get('content-disposition')).toBe(
      `attachment; filename="a_22;b.txt"; filename*=UTF-8''a%2522%3Bb.txt`,
    );
  });

  test('a page that somebody uploads is saved, never shown', async () => {
    const page = { ...textFile, value: '<script>1</script>', filename: 'page.html', type: 'text/html' };
    const { body } = await upload(form([page, purpose]));
    const content = await pictor.call(`/v1/files/${body.id}/content`);
    expect(content.headers.get('content-disposition')).toMatch(/^attachment;/);
    expect(content.headers.get('content-security-policy')).toContain('sandbox');
    expect(content.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await content.text()).toBe(page.value);
  });

  test('bytes say what a picture is, whatever is declared', async () => {
    const file = await client.files.create({
      file: await toFile(picture, 'fox.txt', { type: 'text/plain' }),
      purpose: 'vision',
    });
    const head = await pictor.call(`/v1/files/${file.id}/content`, { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(head.headers.get('content-type')).toBe('image/png');
    expect(await head.text()).toBe('');
  });

  test('a larger file than JSON bodies may be streams through', async () => {
    const bytes = Buffer.alloc(70 * 1024 * 1024, 'pictor');
    const file = await client.files.create({ file: await toFile(bytes, 'large.bin'), purpose: 'user_data' });
    expect(file.bytes).toBe(bytes.length);
    const content = Buffer.from(await (await client.files.content(file.id)).arrayBuffer());
    expect(content.equals(bytes)).toBe(true);
  });
});

describe('lists', () => {
  test('are in the form of the wire, empty too', async () => {
    const empty = await (await pictor.call('/v1/files')).json();
    expect(empty).toEqual({ object: 'list', data: [], has_more: false, first_id: null, last_id: null });
    const first = await uploadText('first');
    const second = await uploadText('second');
    expect(await (await pictor.call('/v1/files?limit=1&order=asc')).json()).toEqual({
      object: 'list',
      data: [first],
      has_more: true,
      first_id: first.id,
      last_id: first.id,
    });
    // A cursor outlives its file.
    await client.files.delete(first.id);
    const rest = await (await pictor.call(`/v1/files?order=asc&after=${first.id}`)).json();
    expect(rest).toMatchObject({ data: [second], has_more: false });
  });

  test.each([
    ['limit=0', 'limit'],
    ['limit=10001', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=2.5', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['order=up', 'order'],
    ['after=file-1', 'after'],
    ['after=req_0123456789abcdef0123456789abcdef', 'after'],
    ['purpose=fun', 'purpose'],
  ])('%s is refused', async (query, param) => {
    const response = await pictor.call(`/v1/files?${query}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'invalid_value', param } });
  });
});

describe('who may', () => {
  test('nobody without a key, and the body of a stranger is not read', async () => {
    for (const [method, path] of [
      ['GET', '/v1/files'],
      ['GET', '/v1/files/file-1'],
      ['GET', '/v1/files/file-1/content'],
      ['DELETE', '/v1/files/file-1'],
    ] as const) {
      expect((await fetch(`${pictor.url}${path}`, { method })).status).toBe(401);
    }
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const call = request(`${pictor.url}/v1/files`, {
        method: 'POST',
        headers: { 'content-type': 'multipart/form-data; boundary=b', 'content-length': '1000000' },
      });
      call.once('response', (response) => {
        resolve(response.statusCode);
        call.destroy();
      });
      call.once('error', reject);
      // The answer comes although the body never does.
      call.write('--b\r\n');
    });
    expect(status).toBe(401);
  });

  test.each(['file-1', 'file-%00', '..%2f..%2fapi-key', `file-${'0'.repeat(32)}`, 'img_1', '%F0%9F%A6%8A'])(
    'the id %s is nobody’s',
    async (id) => {
      for (const [method, path] of [
        ['GET', `/v1/files/${id}`],
        ['GET', `/v1/files/${id}/content`],
        ['DELETE', `/v1/files/${id}`],
      ] as const) {
        const response = await pictor.call(path, { method });
        expect(response.status).toBe(404);
        expect(await response.json()).toMatchObject({ error: { code: 'not_found', param: 'id' } });
      }
    },
  );
});

test('files are there after a restart', async () => {
  const file = await uploadText('staying');
  const dataDir = pictor.dataDir;
  expect(await pictor.stop()).toBe(0);
  pictor = await startPictor({ dataDir });
  client = pictor.client();
  expect(await client.files.retrieve(file.id)).toEqual(file);
  expect(await (await client.files.content(file.id)).text()).toBe('staying');
});
