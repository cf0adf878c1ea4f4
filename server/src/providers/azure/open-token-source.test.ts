import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  clientSecret,
  identityHeader,
  openAzureSignIn,
  type SignIn,
  tenant,
} from '../../../tests/upstreams/azure-sign-in.ts';
import { openAzureUpstream } from '../../../tests/upstreams/azure-upstream.ts';
import { collectEvents } from '../../models/testing/collect-events.ts';
import { runToError } from '../../models/testing/run-to-error.ts';
import { sampleJob } from '../../models/testing/sample-jobs.ts';
import { deployments, modelOf, openCells, rowOf } from './testing/open-subject.ts';

let signIn: SignIn;
const trusted = getCACertificates('default');
beforeEach(async () => {
  signIn = await openAzureSignIn();
  setDefaultCACertificates([...trusted, signIn.certificate]);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  setDefaultCACertificates(trusted);
  await signIn.close();
});

const job = () => sampleJob(rowOf('gpt-image-2'), 'images.generations');

/** An upstream that lets in the tokens that were given so far. */
async function openSubject(variables: Readonly<Record<string, string>>, path = '/openai/v1') {
  const upstream = await openAzureUpstream({ deployments, tokens: signIn.given });
  onTestFinished(upstream.close);
  const [cell] = await openCells({
    AZURE_OPENAI_ENDPOINT: `${upstream.origin}${path}`,
    AZURE_OPENAI_DEPLOYMENTS: 'my-img=gpt-image-2',
    ...variables,
  });
  return { upstream, cell, model: modelOf(cell) };
}

function application(secret = clientSecret) {
  return {
    AZURE_TENANT_ID: tenant,
    AZURE_CLIENT_ID: 'app-1',
    AZURE_CLIENT_SECRET: secret,
    AZURE_AUTHORITY_HOST: signIn.authority,
  };
}

describe('tokens of an application', () => {
  test('are fetched once for many calls, and sent in place of a key', async () => {
    const { upstream, model } = await openSubject(application());
    await Promise.all([collectEvents(model, await job()), collectEvents(model, await job())]);
    await collectEvents(model, await job());
    expect(signIn.asked).toHaveLength(1);
    expect(signIn.asked[0]).toMatchObject({
      grant_type: 'client_credentials',
      client_id: 'app-1',
      client_secret: clientSecret,
    });
    expect(signIn.asked[0]?.scope).toContain('https://cognitiveservices.azure.com/.default');
    expect(upstream.calls.map(({ headers }) => headers.authorization)).toEqual(
      Array(3).fill(`Bearer ${signIn.given[0]}`),
    );
    expect(upstream.calls[0]?.headers['api-key']).toBeUndefined();
  });

  test('are replaced before they end', async () => {
    signIn.setLifetime(200);
    const { model } = await openSubject(application());
    await collectEvents(model, await job());
    await collectEvents(model, await job());
    expect(signIn.given).toHaveLength(2);
  });

  test('are renewed once where one is refused, with the whole request again', async () => {
    const { upstream, model } = await openSubject(application());
    upstream.next({
      instead: { status: 401, body: { error: { code: 'Unauthorized', message: 'Expired.' } } },
    });
    const run = await collectEvents(model, await job());
    expect(run.images).toHaveLength(1);
    expect(signIn.given).toHaveLength(2);
    expect(upstream.calls.map(({ headers }) => headers.authorization)).toEqual(
      signIn.given.map((token) => `Bearer ${token}`),
    );
    expect(upstream.calls[1]?.fields).toEqual(upstream.calls[0]?.fields);
  });

  test('that are refused again are told to the operator', async () => {
    const { upstream, model } = await openSubject(application());
    const refused = { instead: { status: 401, body: { error: { code: 'Unauthorized', message: 'No.' } } } };
    upstream.next(refused);
    upstream.next(refused);
    const { facts } = await runToError(model, await job());
    expect(facts).toMatchObject({ kind: 'unauthorised', charged: 'no' });
    expect(facts.message).toContain('AZURE_CLIENT_SECRET');
    expect(upstream.calls).toHaveLength(2);
  });

  test('are not there for a wrong secret, and nothing is called', async () => {
    const { upstream, cell, model } = await openSubject(application('wrong-secret-0123'));
    const { facts } = await runToError(model, await job());
    expect(facts).toMatchObject({ kind: 'unauthorised', charged: 'no' });
    expect(facts.message).toContain('AADSTS7000215: the client secret is wrong');
    expect(facts.message).not.toContain('wrong-secret-0123');
    expect(upstream.calls).toEqual([]);
    const findings = await cell?.check(new AbortController().signal);
    expect(findings).toMatchObject([{ part: 'key', status: 'fails' }]);
    expect(JSON.stringify(findings)).not.toContain('wrong-secret-0123');
  });

  test('cannot be had where Entra is not there', async () => {
    const { model } = await openSubject({ ...application(), AZURE_AUTHORITY_HOST: 'https://127.0.0.1:1' });
    expect((await runToError(model, await job())).facts).toMatchObject({ charged: 'no' });
  });
});

test('a scope can be named in pictor.yaml', async () => {
  const upstream = await openAzureUpstream({ deployments, tokens: signIn.given });
  onTestFinished(upstream.close);
  const [cell] = await openCells({}, [
    {
      name: 'sweden',
      endpoint: upstream.origin,
      entra: {
        tenant_id: tenant,
        client_id: 'app-2',
        client_secret: clientSecret,
        authority: signIn.authority,
        scope: 'https://ai.azure.com/.default',
      },
      deployments: { 'my-img': 'gpt-image-2' },
    },
  ]);
  await collectEvents(modelOf(cell), await job());
  expect(signIn.asked[0]?.scope).toContain('https://ai.azure.com/.default');
  expect(signIn.asked[0]?.client_id).toBe('app-2');
});

test('the managed identity of the machine is used where there is neither key nor secret', async () => {
  vi.stubEnv('IDENTITY_ENDPOINT', signIn.identityEndpoint);
  vi.stubEnv('IDENTITY_HEADER', identityHeader);
  const { upstream, model } = await openSubject({ AZURE_CLIENT_ID: 'identity-7' });
  await collectEvents(model, await job());
  await collectEvents(model, await job());
  expect(signIn.asked).toEqual([
    expect.objectContaining({ resource: 'https://cognitiveservices.azure.com', client_id: 'identity-7' }),
  ]);
  expect(upstream.calls[1]?.headers.authorization).toBe(`Bearer ${signIn.given[0]}`);
});
