import { type Finding, ProviderError } from '../../models/index.ts';
import type { Caller } from '../kit/open-caller.ts';
import { isRecord } from '../kit/read-error-body.ts';
import { readJson } from '../kit/read-json.ts';
import type { Engine } from './engine.ts';

type Answered = { readonly status: number; readonly body: unknown };

/** Asks an engine for its models, which generates nothing. Tells address, key and each model apart. Never throws. */
export async function checkEngine(engine: Engine, caller: Caller, signal: AbortSignal): Promise<Finding[]> {
  const { baseUrl, from } = engine;
  const get = (url: string) => ask(engine, caller, url, signal);
  const listed = await get(`${baseUrl}/models`);
  if (typeof listed === 'string') {
    return [
      { part: 'address', status: 'fails', message: `${listed} See ${from.address}.` },
      ...unknownModels(engine, 'before the address works'),
    ];
  }
  const { status, body } = listed;
  if (status === 401 || status === 403) {
    return [
      { part: 'address', status: 'works', message: `${baseUrl} answers.` },
      {
        part: 'key',
        status: 'fails',
        message: `The engine does not accept the key (status ${status}). See ${from.key}.`,
      },
      ...unknownModels(engine, 'without a key'),
    ];
  }
  const names = readNames(body);
  if (status !== 200 || names === null) {
    const isBusy = status === 429 || status >= 500;
    const what = status === 200 ? 'with something that is no list of models' : `with status ${status}`;
    return [
      {
        part: 'address',
        status: isBusy ? 'unknown' : 'fails',
        message: `${baseUrl}/models answers ${what}. See ${from.address}.`,
      },
      ...unknownModels(engine, 'without a list'),
    ];
  }
  const works: Finding[] = [
    { part: 'address', status: 'works', message: `${baseUrl} answers with a list of models.` },
    ...(engine.secrets.length === 0
      ? []
      : [{ part: 'key', status: 'works', message: 'The key is accepted, or not asked for.' } as const]),
  ];
  const loaded =
    engine.dialect === 'sdcpp' ? await get(`${new URL(baseUrl).origin}/sdcpp/v1/capabilities`) : null;
  return [...works, ...engine.models.map((model) => toFinding(engine, model, names, loaded))];
}

function toFinding(
  { dialect, from }: Engine,
  { id, upstreamModel, traits }: Engine['models'][number],
  names: readonly string[],
  loaded: Answered | string | null,
): Finding {
  if (dialect === 'sdcpp') return sdcppFinding(id, loaded);
  const list = names.slice(0, 20).join(', ');
  if (names.includes(upstreamModel)) {
    return { part: 'model', status: 'works', message: `${id}: the engine has '${upstreamModel}'.` };
  }
  if (!traits.sendModel) {
    return { part: 'model', status: 'works', message: `${id}: the engine's own model is used (${list}).` };
  }
  const told = `${id}: the engine does not list '${upstreamModel}'; it lists ${list || 'nothing'}. See ${from.models}.`;
  return { part: 'model', status: 'fails', message: told };
}

/** sd-server lists one fixed name; what it has loaded stands in its capabilities. */
function sdcppFinding(id: string, loaded: Answered | string | null): Finding {
  const body = loaded !== null && typeof loaded !== 'string' ? loaded.body : null;
  const model = isRecord(body) && isRecord(body.model) ? body.model : {};
  const modes = isRecord(body) && Array.isArray(body.supported_modes) ? body.supported_modes : [];
  if (typeof model.name !== 'string') {
    return {
      part: 'model',
      status: 'unknown',
      message: `${id}: the server does not say which model it runs.`,
    };
  }
  return modes.length > 0 && !modes.includes('img_gen')
    ? { part: 'model', status: 'fails', message: `${id}: '${model.name}' makes no pictures.` }
    : { part: 'model', status: 'works', message: `${id}: the server runs '${model.name}'.` };
}

function unknownModels(engine: Engine, why: string): Finding[] {
  return engine.models.map(({ id }) => ({
    part: 'model',
    status: 'unknown',
    message: `${id}: nothing can be said ${why}.`,
  }));
}

/** A text: why there is no answer. */
async function ask(
  { headers }: Engine,
  caller: Caller,
  url: string,
  signal: AbortSignal,
): Promise<Answered | string> {
  try {
    const reply = await caller.call({ url, headers, signal });
    try {
      return { status: reply.status, body: await readJson(reply.body) };
    } finally {
      reply.close();
    }
  } catch (error) {
    return error instanceof ProviderError ? error.message : 'The call failed.';
  }
}

function readNames(body: unknown): readonly string[] | null {
  if (!isRecord(body) || !Array.isArray(body.data)) return null;
  return body.data.flatMap((each: unknown) =>
    isRecord(each) && typeof each.id === 'string' ? [each.id] : [],
  );
}
