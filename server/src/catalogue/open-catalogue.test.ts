import { describe, expect, it } from 'vitest';
import type { ModelRow, ParameterRule, PriceRow } from '../models/index.ts';
import { openCatalogue } from './index.ts';

const isoDate = /^\d{4}-\d{2}-\d{2}$/;
const prefixes = ['openai', 'azure', 'google', 'vertex'];
const catalogue = openCatalogue([], [], prefixes);
const today = new Date('2026-11-21T12:00:00Z');

function rowOf(name: string): ModelRow {
  const found = catalogue.find(name);
  if (!found) throw new Error(`${name} is not in the catalogue`);
  return found.row;
}

function isRealDate(text: string): boolean {
  return isoDate.test(text) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);
}

function incoherences(rule: ParameterRule): string[] {
  switch (rule.kind) {
    case 'choice':
      return [
        ...(rule.values.includes(rule.default) ? [] : ['default outside values']),
        ...(new Set(rule.values).size === rule.values.length ? [] : ['double value']),
        ...Object.entries(rule.approximated ?? {}).flatMap(([from, to]) =>
          rule.values.includes(to) && !rule.values.includes(from) ? [] : ['bad approximation'],
        ),
        ...(rule.unchecked ?? []).filter((value) => !rule.values.includes(value)),
      ];
    case 'choices':
      return rule.default.filter((value) => !rule.values.includes(value));
    case 'number':
    case 'integer': {
      const fits = rule.default === undefined || (rule.default >= rule.min && rule.default <= rule.max);
      return rule.min <= rule.max && fits ? [] : ['default out of range'];
    }
    case 'text':
      return rule.maxLength > 0 ? [] : ['no length'];
    case 'flag':
      return [];
  }
}

function pixels(size: string): { width: number; height: number } {
  const match = /^([1-9]\d*)x([1-9]\d*)$/.exec(size);
  if (!match) throw new Error(`${size} is no size`);
  return { width: Number(match[1]), height: Number(match[2]) };
}

describe('every row of the catalogue', () => {
  it.each(catalogue.rows.map((row) => [row.id, row] as const))('%s is coherent', (_id, row) => {
    expect(row.title).not.toBe('');
    expect(row.endpoints.length).toBeGreaterThan(0);
    expect(row.promptMaxChars).toBeGreaterThan(0);
    for (const [name, rule] of Object.entries(row.parameters)) {
      expect(incoherences(rule), `${row.id} ${name}`).toEqual([]);
    }
    expect(row.endpoints.includes('images.edits')).toBe(row.edits !== undefined);
    expect(row.endpoints.includes('images.variations')).toBe(row.variations !== undefined);
    expect(row.size === undefined).toBe(row.family === 'text');
    const format = row.parameters.output_format;
    if (format?.kind === 'choice') expect(format.values).toEqual(row.outputFormats);
    for (const input of [row.edits, row.variations]) {
      if (!input) continue;
      expect(input.maxImages).toBeGreaterThan(0);
      expect(input.mediaTypes.length).toBeGreaterThan(0);
      expect(input.mask === false).toBe(input.maxMaskBytes === 0);
    }
  });

  it.each(catalogue.rows.map((row) => [row.id, row] as const))('%s has legal sizes', (_id, row) => {
    const rule = row.size;
    if (rule?.kind === 'fixed') {
      for (const size of rule.sizes) expect(pixels(size).width).toBeGreaterThan(0);
      expect([...rule.sizes, 'auto']).toContain(rule.default);
    }
    if (rule?.kind === 'free') {
      for (const size of rule.common) {
        const { width, height } = pixels(size);
        expect([width % rule.multipleOf, height % rule.multipleOf]).toEqual([0, 0]);
        expect(Math.max(width, height)).toBeLessThanOrEqual(rule.maxEdge);
        expect(Math.min(width, height)).toBeGreaterThanOrEqual(rule.minEdge);
        expect(Math.max(width, height) / Math.min(width, height)).toBeLessThanOrEqual(rule.maxRatio);
        expect(width * height).toBeGreaterThanOrEqual(rule.minPixels);
        expect(width * height).toBeLessThanOrEqual(rule.maxPixels);
      }
      expect([...rule.common, 'auto']).toContain(rule.default);
    }
    if (rule?.kind === 'ratio-table') {
      const ratioChoice = row.parameters.aspect_ratio;
      const ratios = ratioChoice?.kind === 'choice' ? ratioChoice.values : [];
      expect(Object.hasOwn(rule.tiers, rule.defaultTier)).toBe(true);
      for (const tier of Object.values(rule.tiers)) {
        expect(new Set(Object.keys(tier))).toEqual(new Set(ratios));
        expect(Object.hasOwn(tier, rule.defaultRatio)).toBe(true);
        for (const [ratio, size] of Object.entries(tier)) {
          const { width, height } = pixels(size);
          const [across = 0, down = 1] = ratio.split(':').map(Number);
          expect(Math.abs(width / height / (across / down) - 1), `${ratio} ${size}`).toBeLessThan(0.05);
        }
      }
      const sizeChoice = row.parameters.image_size;
      if (sizeChoice?.kind === 'choice') {
        expect(new Set(sizeChoice.values)).toEqual(new Set(Object.keys(rule.tiers)));
        expect(sizeChoice.default).toBe(rule.defaultTier);
      }
    }
  });

  it.each(catalogue.rows.map((row) => [row.id, row] as const))('%s has dates and sources', (_id, row) => {
    const { released, retired, shutdown, replacement, source, sourceDate } = row.lifecycle;
    for (const date of [released, retired, shutdown, sourceDate, ...row.notes.map((note) => note.date)]) {
      if (date !== undefined) expect(isRealDate(date), date).toBe(true);
    }
    for (const text of [source, ...row.notes.flatMap((note) => [note.source, note.text])]) {
      expect(text).not.toBe('');
    }
    if (replacement !== undefined) {
      const next = rowOf(replacement);
      expect(next.endpoints).toEqual(
        expect.arrayContaining(row.endpoints.filter((e) => e !== 'images.variations')),
      );
      expect(catalogue.lifecycleWarnings(next, today)).toEqual([]);
    }
  });

  it('gives every name to one model only', () => {
    const names = catalogue.rows.flatMap((row) => [row.id, ...row.aliases]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('has a price for every image model at its vendor, with whole nano-USD, an ISO date, and its own id', () => {
    for (const row of catalogue.rows.filter((candidate) => candidate.family !== 'text')) {
      expect(catalogue.priceOf(row, row.vendor, today)?.model, row.id).toBe(row.id);
    }
    expect(new Set(catalogue.prices.map((price) => price.id)).size).toBe(catalogue.prices.length);
    for (const price of catalogue.prices) {
      expect(isRealDate(price.from) && isRealDate(price.sourceDate), price.id).toBe(true);
      expect(catalogue.rows.some((row) => row.id === price.model)).toBe(true);
      const amounts =
        price.price.mode === 'token'
          ? Object.values(price.price.perToken)
          : price.price.mode === 'image'
            ? price.price.perImage.map((cell) => cell.nanoUsd)
            : [];
      for (const amount of amounts) expect(amount === null || Number.isSafeInteger(amount)).toBe(true);
    }
  });
});

describe('find', () => {
  it.each([
    ['nano-banana', 'gemini-2.5-flash-image'],
    ['nano-banana-pro', 'gemini-3-pro-image'],
    ['nano-banana-pro-preview', 'gemini-3-pro-image'],
    ['gemini-3-pro-image-preview', 'gemini-3-pro-image'],
    ['nano-banana-2', 'gemini-3.1-flash-image'],
    ['gemini-3.1-flash-image-preview', 'gemini-3.1-flash-image'],
    ['nano-banana-2.1', 'gemini-nano-banana-2.1'],
  ])('%s is another name of %s', (alias, id) => {
    expect(catalogue.find(alias)).toMatchObject({ row: { id }, asked: alias, viaAlias: true });
  });

  it.each(['gpt-image-2-2026-04-21', 'gpt-image-1.5-2025-12-16', 'gpt-image-2.5-flare-2026-09-08'])(
    '%s keeps its own name, so that an answer tells which snapshot was asked',
    (name) => {
      expect(catalogue.find(name)).toMatchObject({ row: { id: name }, viaAlias: false });
    },
  );

  it('reads a registered prefix, in front of ids and aliases', () => {
    expect(catalogue.find('azure/gpt-image-2')).toMatchObject({
      row: { id: 'gpt-image-2' },
      asked: 'azure/gpt-image-2',
      provider: 'azure',
      viaAlias: false,
    });
    expect(catalogue.find('vertex/nano-banana-pro')).toMatchObject({
      row: { id: 'gemini-3-pro-image' },
      provider: 'vertex',
      viaAlias: true,
    });
    expect(catalogue.find('gpt-image-2')).not.toHaveProperty('provider');
  });

  it.each([
    '',
    '/',
    '/gpt-image-2',
    'openai/',
    'elsewhere/gpt-image-2',
    'GPT-Image-2',
    'openai/openai/gpt-image-2',
    '__proto__',
    'openai/constructor',
  ])('does not know %j', (name) => {
    expect(catalogue.find(name)).toBeNull();
  });
});

describe('what providers bring', () => {
  const own: ModelRow = {
    ...rowOf('dall-e-2'),
    id: 'pencil',
    title: 'Pencil',
    vendor: 'pictor',
    aliases: ['pen'],
  };
  const free: PriceRow = {
    id: 'pictor/pencil/2026-01-01',
    model: 'pencil',
    provider: '*',
    from: '2026-01-01',
    source: 'this test',
    sourceDate: '2026-01-01',
    price: { mode: 'free' },
  };

  it('stands beside the built-in rows', () => {
    const opened = openCatalogue([own], [free], ['pictor']);
    expect(opened.find('pictor/pen')).toMatchObject({
      row: { id: 'pencil' },
      provider: 'pictor',
      viaAlias: true,
    });
    expect(opened.priceOf(own, 'anyone', today)).toBe(free);
    expect(opened.priceOf(own, 'anyone', new Date('2025-12-31T23:59:59Z'))).toBeNull();
  });

  it('replaces a built-in row of the same id', () => {
    const renamed = { ...rowOf('dall-e-3'), title: 'Ours' };
    const opened = openCatalogue([renamed], []);
    expect(opened.find('dall-e-3')?.row.title).toBe('Ours');
    expect(opened.rows.length).toBe(catalogue.rows.length);
  });

  it.each([['gpt-image-2'], ['nano-banana']])('may not take the name %s', (alias) => {
    expect(() => openCatalogue([{ ...own, aliases: [alias] }], [])).toThrow(`"${alias}"`);
  });

  it("prices before all other rows, from its first day on, where it is the operator's own", () => {
    const row = rowOf('gpt-image-2');
    const agreed: PriceRow = { ...free, id: 'agreed', model: row.id, from: '2026-06-01' };
    const opened = openCatalogue(
      [],
      [{ ...agreed, id: 'brought', provider: 'openai', from: '2026-07-01' }],
      [],
      [agreed],
    );
    expect(opened.priceOf(row, 'openai', today)?.id).toBe('agreed');
    expect(opened.priceOf(row, 'openai', new Date('2026-05-31T23:59:59Z'))?.id).toBe(
      'openai/gpt-image-2/2026-04-21',
    );
  });

  it('prices by the latest day that has begun, and by the provider before everyone', () => {
    const later: PriceRow = { ...free, id: 'later', from: '2026-06-01' };
    const exact: PriceRow = { ...free, id: 'exact', provider: 'azure', from: '2026-02-01' };
    const again: PriceRow = { ...later, id: 'again' };
    const opened = openCatalogue([own], [free, later, exact, again]);
    expect(opened.priceOf(own, 'openai', new Date('2026-05-31T23:59:59Z'))?.id).toBe(free.id);
    expect(opened.priceOf(own, 'openai', new Date('2026-06-01T00:00:00Z'))?.id).toBe('again');
    expect(opened.priceOf(own, 'azure', today)?.id).toBe('exact');
  });
});

describe('lifecycleWarnings', () => {
  it.each([
    ['dall-e-3', 'dall-e-3 was retired by its vendor on 2026-05-12'],
    ['gpt-image-1', 'gpt-image-1 was retired by its vendor on 2026-10-23'],
    ['gpt-image-1.5', 'gpt-image-1.5 will be shut down on 2026-12-01'],
    ['gemini-3.1-flash-image', 'The announced end of gemini-3.1-flash-image was 2026-10-29'],
    ['gpt-4o', 'gpt-4o will be shut down on 2027-01-14'],
  ])('tells about %s', (name, start) => {
    const [sentence = '', ...more] = catalogue.lifecycleWarnings(rowOf(name), today);
    expect(sentence.startsWith(start), sentence).toBe(true);
    expect(sentence).toMatch(/ Use \S+ instead\.$/);
    expect(more).toEqual([]);
  });

  it('is silent about models without an end', () => {
    expect(catalogue.lifecycleWarnings(rowOf('gpt-image-2'), today)).toEqual([]);
  });

  it('speaks of a retirement as coming until its day', () => {
    expect(catalogue.lifecycleWarnings(rowOf('gpt-image-1'), new Date('2026-10-22T23:00:00Z'))).toEqual([
      'gpt-image-1 will be shut down on 2026-10-23. Use gpt-image-2.5-sunburst instead.',
    ]);
  });
});
