import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { toForm } from './forms.ts';
import type { OpenRoute, RouteCase, ThingName, Things } from './route-case.ts';
import { routeCases } from './route-cases.ts';

const webFolder = fileURLToPath(new URL('../../../web/dist', import.meta.url));

export type Route = { readonly method: string; readonly path: string };

/** One request of the walk, before somebody's key is on it. */
export type Step = {
  /** What failures call it. */
  readonly name: string;
  readonly route: Route;
  readonly case: RouteCase;
};

/** The steps of every route, and the routes that nobody wrote a case for. */
export function planWalk(routes: readonly Route[]): {
  readonly steps: readonly Step[];
  readonly unknown: readonly string[];
} {
  const steps: Step[] = [];
  const unknown: string[] = [];
  for (const route of routes) {
    const cases = findCases(route);
    if (cases === undefined) unknown.push(`${route.method} ${route.path}`);
    else if (Array.isArray(cases)) {
      cases.forEach((each: RouteCase, index) => {
        steps.push({ name: `${route.method} ${route.path} #${index + 1}`, route, case: each });
      });
    }
  }
  return { steps, unknown };
}

/** Cases without a route: what was renamed or removed leaves none behind. */
export function findStrayCases(routes: readonly Route[]): readonly string[] {
  const names = new Set(routes.map((route) => `${route.method} ${route.path}`));
  return Object.keys(routeCases).filter((name) => !names.has(name));
}

function findCases({ method, path }: Route): OpenRoute | readonly RouteCase[] | undefined {
  if (path !== '/' && existsSync(`${webFolder}${path}`)) return { holdsNothing: 'A file of the web app.' };
  return routeCases[`${method === 'HEAD' ? 'GET' : method} ${path}`];
}

/** The request of a step for these things. */
export function toRequest({ route, case: asked }: Step, things: Things): { path: string; init: RequestInit } {
  const path = route.path.replace(/:(\w+)|(\*)/g, (_whole, colon?: string) => {
    const name = colon ?? '*';
    const thing = asked.params?.[name];
    if (thing === undefined)
      throw new Error(`The case of ${route.method} ${route.path} lacks params.${name}.`);
    return isText(thing) ? thing.slice(1) : things[thing];
  });
  const query = new URLSearchParams(asked.query?.(things));
  const body = asked.body?.(things);
  const form = asked.form?.(things);
  return {
    path: query.size === 0 ? path : `${path}?${query}`,
    init: {
      ...(form === undefined ? {} : toForm(form)),
      method: route.method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...asked.headers?.(things),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    },
  };
}

function isText(thing: ThingName | `=${string}`): thing is `=${string}` {
  return thing.startsWith('=');
}

/** Things of the same shape and age that do not exist: only the random end of their ids differs. */
export function inventThings(things: Things): Things {
  const entries = Object.entries(things).map(([name, id]) => [
    name,
    /[0-9a-f]{20}$/.test(id) ? `${id.slice(0, -18)}${'0123456789abcdef01'}` : `${id}-invented`,
  ]);
  return Object.fromEntries(entries) as Things;
}

export type Answer = { readonly status: number; readonly headers: string; readonly text: string };

export async function readAnswer(response: Response): Promise<Answer> {
  const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
  return { status: response.status, headers, text: await response.text() };
}

/** What of an answer must not depend on whether a thing exists. Ids and times that are new each time are evened out. */
export function toComparable(answer: Answer, things: Things): string {
  let text = answer.text;
  for (const [name, id] of Object.entries(things)) {
    for (const spelling of [id, id.replace(/^req_/, 'img-')]) text = text.replaceAll(spelling, `<${name}>`);
  }
  text = text
    .replace(/\b[a-z]+[_-][0-9a-f]{32}\b/g, '<new id>')
    // Numbers that a project counts, and times in words.
    .replace(/"(id|request_id|number)":\d+/g, '"$1":0')
    .replace(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, '"<time>"')
    .replace(/"(created|created_at|updated_at|completed_at|last_used_at)":\d+/g, '"$1":0');
  const type = /^content-type: .*$/m.exec(answer.headers)?.[0] ?? 'no content-type';
  return `${answer.status}\n${type}\n${text}`;
}

/** Secrets that stand in an answer and did not stand in its request. */
export function findLeaks(
  answer: Answer,
  sent: { readonly path: string; readonly init: RequestInit },
  secrets: readonly string[],
): readonly string[] {
  const request = JSON.stringify([sent.path, sent.init]);
  return secrets.filter(
    (secret) =>
      secret !== '' &&
      !request.includes(JSON.stringify(secret).slice(1, -1)) &&
      `${answer.headers}\n${answer.text}`.includes(secret),
  );
}

/** Whether the step asks for a thing. */
export function asksFor(step: Step, thing: ThingName): boolean {
  return Object.values(step.case.params ?? {}).includes(thing);
}
