import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ask, type Members, type Observed, observe, type Pictures } from './support/parameter-cells.ts';
import {
  image,
  mask,
  models,
  type Row,
  rows,
  secondImage,
  strayMask,
  variations,
} from './support/parameter-rows.ts';
import { openParameterTargets, type ParameterTargets, type TargetName } from './support/parameter-targets.ts';
import { judge } from './support/parameter-verdict.ts';
import { paintMask, paintPlain, toDataUrl } from './support/pictures.ts';
import { removeDataDirs } from './support/start-pictor.ts';

/** Every parameter of the Images API on every provider: sent, approximated, dropped, made by Pictor itself, or refused. */
let opened: ParameterTargets;
let names: readonly TargetName[];
let picture: Buffer;
let hole: Buffer;

beforeAll(async () => {
  opened = await openParameterTargets();
  names = Object.keys(opened.targets) as TargetName[];
  const square = { width: 64, height: 64 };
  picture = await paintPlain(square, '#c60');
  hole = await paintMask(square, { left: 16, top: 16, width: 32, height: 32 });
});
afterAll(async () => {
  await opened.close();
  await removeDataDirs();
});

const words: Members = { prompt: 'A fox' };
const onModel = 'refused: invalid_value (model)';

async function ask(name: TargetName, asked: Ask): Promise<Observed> {
  return await observe(opened.pictor, opened.targets[name], asked);
}

const baselines = new Map<string, Promise<Observed>>();

/** The same request on the same target is asked once: every row is compared with it. */
function askOnce(name: TargetName, asked: Ask): Promise<Observed> {
  const key = JSON.stringify([name, asked.route, asked.members]);
  const known = baselines.get(key) ?? ask(name, asked);
  baselines.set(key, known);
  return known;
}

type Question = Omit<Ask, 'mode'> & { readonly parameter: string };

/** What becomes of the request compared with the one without, and that strict callers are refused where it differs. */
async function judgeOne(name: TargetName, without: Observed, one: Question): Promise<string> {
  const seen = await ask(name, one);
  const verdict = judge(one.parameter, one.members, without, seen);
  const differs = seen.adjustments.length > without.adjustments.length;
  if (!differs) return verdict;
  const { refusal } = await ask(name, { ...one, mode: 'strict' });
  const isBlamed =
    refusal !== null && Object.keys({ ...one.members, ...one.pictures }).includes(refusal.param ?? '');
  return isBlamed ? verdict : `${verdict}, and not refused in strict mode`;
}

async function judgeRow(name: TargetName, row: Row, base: Omit<Ask, 'mode'>): Promise<string> {
  const { parameter, value, instead = {}, beside = {} } = row;
  const full = await askOnce(name, { ...base, members: { ...base.members, ...beside } });
  const takesBeside = full.refusal === null;
  const without = takesBeside ? full : await askOnce(name, base);
  const members = {
    ...base.members,
    ...(takesBeside ? beside : {}),
    [parameter]: Object.hasOwn(instead, name) ? instead[name] : value,
  };
  return await judgeOne(name, without, { ...base, parameter, members });
}

/** One request to every target at the same time; the verdicts with the names of those that have them. */
async function collect(of: (name: TargetName) => Promise<string>): Promise<Record<string, string>> {
  const verdicts = await Promise.all(names.map(async (name) => [name, await of(name)] as const));
  return group(verdicts);
}

function group(verdicts: readonly (readonly [string, string])[]): Record<string, string> {
  const groups: Record<string, string> = {};
  for (const [name, verdict] of verdicts) {
    groups[verdict] = groups[verdict] === undefined ? name : `${groups[verdict]} ${name}`;
  }
  return groups;
}

/** The table's cells, complete and in the order of the targets. Later ones count before earlier ones. */
function expected(...tables: readonly Readonly<Record<string, string>>[]): Record<string, string> {
  const cells = new Map(
    tables.flatMap((table) =>
      Object.entries(table).flatMap(([verdict, targets]) =>
        targets.split(' ').map((name) => [name, verdict] as const),
      ),
    ),
  );
  return group(names.map((name) => [name, cells.get(name) ?? 'missing from the table']));
}

const titled = rows.map((row) => [row.parameter, String(row.value), row] as const);

describe('on generations', () => {
  test.each(titled)('%s %s', async (_parameter, _value, row) => {
    const base: Ask = { route: 'generations', members: words };
    expect(await collect((name) => judgeRow(name, row, base))).toEqual(expected(row.cells));
  });

  test('model', async () => {
    const told = async (name: TargetName) => {
      const { sent } = await askOnce(name, { route: 'generations', members: words });
      return sent.find((line) => line.startsWith('model=')) ?? 'not sent';
    };
    expect(await collect(told)).toEqual(expected(models));
  });

  test.each([
    ['image', image],
    ['mask', strayMask],
  ] as const)('%s', async (parameter, cells) => {
    const base: Ask = { route: 'generations', members: words };
    const members = { ...words, [parameter]: toDataUrl(parameter === 'image' ? picture : hole) };
    const told = async (name: TargetName) =>
      judgeOne(name, await askOnce(name, base), { ...base, parameter, members });
    expect(await collect(told)).toEqual(expected(cells));
  });
});

describe('on edits', () => {
  test.each(titled)('%s %s', async (_parameter, _value, row) => {
    const base: Ask = { route: 'edits', members: words, pictures: { image: [picture] } };
    const cells = expected(row.cells, row.edits ?? {}, { [onModel]: 'dalle3' });
    expect(await collect((name) => judgeRow(name, row, base))).toEqual(cells);
  });

  test.each([
    ['image', secondImage],
    ['mask', mask],
  ] as const)('%s', async (parameter, cells) => {
    const base: Ask = { route: 'edits', members: words, pictures: { image: [picture] } };
    const webp = await sharp(picture).webp().toBuffer();
    const pictures: Pictures =
      parameter === 'image' ? { image: [picture, webp] } : { image: [picture], mask: hole };
    const told = async (name: TargetName) =>
      judgeOne(name, await askOnce(name, base), { ...base, parameter, pictures });
    expect(await collect(told)).toEqual(expected(cells, { [onModel]: 'dalle3' }));
  });
});

describe('on variations', () => {
  test.each(titled)('%s %s', async (parameter, _value, row) => {
    const base: Ask = { route: 'variations', members: {}, pictures: { image: [picture] } };
    const { dalle2, sketch } = variations[parameter] ?? {
      dalle2: 'refused: unknown_parameter',
      sketch: 'dropped',
    };
    expect(await judgeRow('dalle2', row, base)).toBe(dalle2);
    expect(await judgeRow('sketch', row, base)).toBe(sketch);
  });

  test('every other model refuses the route', async () => {
    const base: Ask = { route: 'variations', members: {}, pictures: { image: [picture] } };
    const others = names.filter((name) => name !== 'dalle2' && name !== 'sketch');
    for (const name of others) {
      expect((await ask(name, base)).refusal).toMatchObject({ param: 'model', code: 'invalid_value' });
    }
  });
});
