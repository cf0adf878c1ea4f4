import { describe, expect, test } from 'vitest';
import { SettingsError } from '../../foundation/index.ts';
import { provider } from './provider.ts';
import { rowOf } from './testing/open-subject.ts';

const open = async (variables: Readonly<Record<string, string>>, settings?: unknown) => {
  const [cell = null] = await provider.open({
    variable: (name) => variables[name],
    dataDir: '/nowhere',
    settings,
  });
  return cell;
};

const key = 'sk-test-0123456789';

describe('the provider', () => {
  test('is not configured without a key', async () => {
    expect(await open({ PICTOR_OPENAI_BASE_URL: 'http://127.0.0.1:1/v1' })).toBeNull();
  });

  test("reads its own address only, never the one of OpenAI's clients, which may point back here", async () => {
    const read: string[] = [];
    const [opened] = await provider.open({
      variable: (name) => {
        read.push(name);
        return name === 'OPENAI_API_KEY' ? key : undefined;
      },
      dataDir: '/nowhere',
      settings: undefined,
    });
    await opened?.close();
    expect(read).toContain('PICTOR_OPENAI_BASE_URL');
    expect(read).not.toContain('OPENAI_BASE_URL');
  });

  test('serves image models on every route of theirs, and no text model', async () => {
    const opened = await open({ OPENAI_API_KEY: key });
    expect(opened?.imageModel(rowOf('gpt-image-2'), 'images.edits')).not.toBeNull();
    expect(opened?.imageModel(rowOf('gpt-image-2'), 'responses')).not.toBeNull();
    expect(opened?.imageModel(rowOf('gpt-image-2'), 'images.variations')).toBeNull();
    expect(opened?.imageModel(rowOf('dall-e-2'), 'images.variations')).not.toBeNull();
    expect(opened?.imageModel(rowOf('gpt-5.4'), 'responses')).toBeNull();
    expect(opened?.imageModel(rowOf('gemini-3-pro-image'), 'images.generations')).toBeNull();
    await opened?.close();
  });

  test.each([
    ['no address', { PICTOR_OPENAI_BASE_URL: 'my-service/v1' }],
    ['another protocol', { PICTOR_OPENAI_BASE_URL: 'ftp://api.openai.com/v1' }],
    ['an address with a query', { PICTOR_OPENAI_BASE_URL: 'https://api.openai.com/v1?a=b' }],
    ['an address with a password', { PICTOR_OPENAI_BASE_URL: 'https://me:pass@api.openai.com/v1' }],
    ['a key of two lines', { OPENAI_API_KEY: 'sk-one\nsk-two' }],
    ['an organisation with a space', { OPENAI_ORGANIZATION: 'my org' }],
  ])('says what is wrong with %s, without showing it', async (_, variables) => {
    const opening = open({ OPENAI_API_KEY: key, ...variables });
    const [[name = '', value = ''] = []] = Object.entries(variables);
    await expect(opening).rejects.toThrow(SettingsError);
    await expect(opening).rejects.toThrow(name);
    await expect(opening).rejects.not.toThrow(value);
  });
});
