import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type House, openHouse } from '../src/house.ts';
import { readSettings } from '../src/settings.ts';
import { toJson } from './support/forms.ts';
import { type Ask, type FirstProject, makeFirstProject, startRunning } from './support/make-first-project.ts';
import type { Things } from './support/route-case.ts';
import { newDataDir, removeDataDirs } from './support/start-pictor.ts';
import {
  type Answer,
  asksFor,
  findLeaks,
  findStrayCases,
  inventThings,
  planWalk,
  readAnswer,
  type Step,
  toComparable,
  toRequest,
} from './support/walk-routes.ts';

const rootKey = 'sk-pictor-test-key-0123456789';
const everyScope = ['generate', 'read', 'manage'];

let house: House;
let root: Ask;
let owner: Ask;
let stranger: Ask;
let nobody: Ask;
let first: FirstProject;
let things: Things;
let invented: Things;
let steps: readonly Step[];
let unknown: readonly string[];
/** What the stranger was answered before the first project had anything, by the step's name. */
const before = new Map<string, Answer>();

beforeAll(async () => {
  house = await openHouse(
    readSettings({
      PICTOR_PORT: '0',
      PICTOR_DATA_DIR: await newDataDir(),
      PICTOR_API_KEY: rootKey,
      PICTOR_LOG_LEVEL: 'silent',
      PICTOR_FETCH_ALLOW: '127.0.0.1',
      // Long enough for a request to run while the routes that could touch it are walked.
      PICTOR_SKETCH_DELAY_MS: '2000',
      PICTOR_SHUTDOWN_SECONDS: '0',
    }),
  );
  root = askWith(rootKey);
  nobody = (path, init) => fetch(`${house.url}${path}`, { redirect: 'manual', ...init });
  ({ steps, unknown } = planWalk(house.routes));
  const firstProject = await newProject('first-secret-project');
  owner = askWith(firstProject.key);
  stranger = askWith((await newProject('Second')).key);
  for (const step of lists()) before.set(step.name, (await ask(stranger, step, emptyThings)).answer);
  const filled = await makeFirstProject(owner, firstProject.id);
  first = { ...filled, secrets: [...filled.secrets, firstProject.keyId] };
  things = { ...first.things, running: await startRunning(owner) };
  invented = inventThings(things);
});

afterAll(async () => {
  await house.close();
  await removeDataDirs();
});

const emptyThings = {} as Things;

function askWith(key: string): Ask {
  return (path, init) =>
    fetch(`${house.url}${path}`, { ...init, headers: { ...init?.headers, authorization: `Bearer ${key}` } });
}

async function newProject(name: string): Promise<{ id: string; key: string; keyId: string }> {
  const { id } = (await (await root('/api/projects', toJson({ name }))).json()) as { id: string };
  const answer = await root(`/api/projects/${id}/keys`, toJson({ name: `${name} key`, scopes: everyScope }));
  const made = (await answer.json()) as { id: string; key: string };
  return { id, key: made.key, keyId: made.id };
}

/** Steps that name nothing of anybody: everything that can be listed or counted. */
function lists(): readonly Step[] {
  return steps.filter(
    ({ route, case: asked }) =>
      route.method === 'GET' && asked.params === undefined && asked.namesNothing !== true,
  );
}

/** What touches the running request comes while it runs; what deletes comes last, parts before wholes. */
function inOrder(): readonly Step[] {
  const rank = (step: Step): number => {
    if (asksFor(step, 'running')) return 0;
    if (step.route.method !== 'DELETE') return 1;
    return step.route.path === '/api/projects/:id' ? 3 : 2 - step.route.path.split('/').length / 100;
  };
  return steps.toSorted((left, right) => rank(left) - rank(right));
}

async function ask(who: Ask, step: Step, about: Things, headers: Record<string, string> = {}) {
  const sent = toRequest(step, about);
  const init = { ...sent.init, headers: { ...(sent.init.headers as object), ...headers } };
  return { sent: { path: sent.path, init }, answer: await readAnswer(await who(sent.path, init)) };
}

test('every route has a case in route-cases.ts, and every case a route', () => {
  expect(
    unknown,
    'routes without a case: add them to server/tests/support/route-cases.ts, with what a foreign key could name there',
  ).toEqual([]);
  expect(
    findStrayCases(house.routes),
    'cases in server/tests/support/route-cases.ts whose routes are gone',
  ).toEqual([]);
});

describe('with a key of another project', () => {
  test('what exists is answered as what does not, on every route, and nothing of it is told', async () => {
    const faults: string[] = [];
    for (const step of inOrder()) {
      const real = await ask(stranger, step, things);
      const none = await ask(stranger, step, invented);
      const [told, untold] = [toComparable(real.answer, things), toComparable(none.answer, invented)];
      if (told !== untold) faults.push(`${step.name} tells what exists:\n${told}\ninstead of\n${untold}`);
      for (const { sent, answer } of [real, none]) {
        const leaks = findLeaks(answer, sent, first.secrets);
        if (leaks.length > 0) faults.push(`${step.name} shows ${leaks.join(', ')}`);
      }
    }
    expect(faults.join('\n\n')).toBe('');
  });

  test('the other project cannot be named on any route, by header or by query', async () => {
    const faults: string[] = [];
    for (const step of steps) {
      const sent = toRequest(step, things);
      const query = `${sent.path.includes('?') ? '&' : '?'}project=${things.project}`;
      const named = [
        await ask(stranger, step, things, { 'x-pictor-project': things.project }),
        await ask(stranger, step, things, { 'openai-project': things.project }),
        await ask((path, init) => stranger(`${path}${query}`, init), step, things),
      ];
      for (const { sent: asked, answer } of named) {
        if (answer.status !== 403) faults.push(`${step.name} answers ${answer.status}`);
        const leaks = findLeaks(answer, asked, first.secrets);
        if (leaks.length > 0) faults.push(`${step.name} shows ${leaks.join(', ')}`);
      }
    }
    expect(faults.join('\n')).toBe('');
  });

  test('no list and no number changes by what the other project has', async () => {
    const fresh = askWith((await newProject('Fourth')).key);
    expect(lists().length).toBeGreaterThan(5);
    for (const step of lists()) {
      const { answer } = await ask(fresh, step, emptyThings);
      const earlier = before.get(step.name);
      expect(`${step.name} ${answer.status} ${answer.text}`).toBe(
        `${step.name} ${earlier?.status} ${earlier?.text}`,
      );
    }
  });

  test('without any key, no route that holds something answers', async () => {
    for (const step of steps) {
      const { answer } = await ask(nobody, step, things);
      expect(`${step.name} ${answer.status}`).toBe(`${step.name} 401`);
    }
  });
});

test('a signed link opens its image, and nothing else', async () => {
  const found = await owner(
    `/v1/images/variations`,
    toJson({ model: 'dall-e-2', images: [{ file_id: things.file }], response_format: 'url' }),
  );
  const { data } = (await found.json()) as { data: readonly { url: string }[] };
  const link = new URL(data[0]?.url ?? '');
  const open = (path: string) => nobody(`${path}${link.search}`).then((response) => response.status);
  expect(await open(link.pathname)).toBe(200);
  expect(await open(`/images/${things.image}`)).toBe(403);
  expect(await open(`/images/${invented.image}`)).toBe(403);
  expect(await open(`/images/${things.image}/thumbnail`)).toBe(403);
  const later = new URL(link);
  later.searchParams.set('expires', String(Number(link.searchParams.get('expires')) + 1));
  expect((await nobody(`${later.pathname}${later.search}`)).status).toBe(403);
  for (const step of steps.filter(({ route }) => !route.path.startsWith('/images/'))) {
    const sent = toRequest(step, things);
    const path = `${sent.path}${sent.path.includes('?') ? '&' : '?'}${link.searchParams}`;
    const { status } = await nobody(path, sent.init);
    expect(`${step.name} ${status}`).toBe(`${step.name} 401`);
  }
});

test('the running request ran on, and every case asks for something that its owner gets', async () => {
  await expect
    .poll(async () => (await (await owner(`/api/requests/${things.running}`)).json()).status, {
      timeout: 15_000,
    })
    .toBe('succeeded');
  const faults: string[] = [];
  for (const step of inOrder().filter(
    (each) => each.case.namesNothing !== true && each.route.method !== 'HEAD',
  )) {
    const who = step.case.openTo === 'root' ? root : owner;
    const none = await ask(who, step, invented);
    const real = await ask(who, step, things);
    const same = toComparable(real.answer, things) === toComparable(none.answer, invented);
    const shown = findLeaks(real.answer, real.sent, first.secrets);
    if (same && shown.length === 0) faults.push(`${step.name} ${real.answer.status} ${real.answer.text}`);
  }
  expect(faults.join('\n'), 'cases that prove nothing').toBe('');
});
