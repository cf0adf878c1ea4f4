import { afterAll, describe, expect, test } from 'vitest';
import { type Endpoint, type ImageJob, type ImageModel, type ModelRow, ProviderError } from '../index.ts';
import { checkApplied } from './check-applied.ts';
import { type Collected, type CollectedRun, collectEvents, decodePicture } from './collect-events.ts';
import { runToError } from './run-to-error.ts';
import { brokenInput } from './sample-inputs.ts';
import { maskedJob, sampleImages, sampleJob } from './sample-jobs.ts';

export type OpenedSubject = {
  readonly model: (row: ModelRow, endpoint: Endpoint) => ImageModel | null;
  readonly close: () => Promise<void>;
};

export type Subject = {
  readonly name: string;
  readonly open: () => Promise<OpenedSubject>;
  /** Rows that it serves on all of their image routes. */
  readonly rows: readonly ModelRow[];
  /** Rows and routes that it does not serve. */
  readonly notServed: readonly { readonly row: ModelRow; readonly endpoint: Endpoint }[];
};

const imageRoutes: readonly Endpoint[] = ['images.generations', 'images.edits', 'images.variations'];

/**
 * The behaviour that every image model has, as Vitest tests. A provider's tests run it beside their own, which cover
 * what is particular to it. Answers come from a real engine or from a loopback upstream, never from the vendor.
 */
export function testImageModel(given: Subject): void {
  describe(`${given.name} as an image model`, () => {
    const subject = openOnce(given);
    for (const row of subject.rows) {
      for (const endpoint of imageRoutes.filter((route) => row.endpoints.includes(route))) {
        describe(`${row.id} on ${endpoint}`, () => {
          testPictures(subject, row, endpoint);
          testEndings(subject, row, endpoint);
        });
      }
      if (row.edits !== undefined) {
        describe(`edits of ${row.id}`, () => testEdits(subject, row));
      }
    }
    test.each(subject.notServed)('does not serve $row.id on $endpoint', async ({ row, endpoint }) => {
      const opened = await subject.open();
      expect(opened.model(row, endpoint)).toBeNull();
    });
  });
}

/** The same subject for all tests, opened by the first and closed after the last: a provider lives as long in a server. */
function openOnce(subject: Subject): Subject {
  let opening: Promise<OpenedSubject> | undefined;
  afterAll(async () => await (await opening)?.close());
  return {
    ...subject,
    open: () => {
      opening ??= subject.open();
      return opening;
    },
  };
}

function testPictures(subject: Subject, row: ModelRow, endpoint: Endpoint): void {
  test('makes a picture of the size asked for', async () => {
    const { job, run } = await runSample(subject, row, endpoint);
    await expectPictures(run, job);
  });

  testIf(maxOf(row, 'n') > 1)('makes n different pictures', async () => {
    const { job, run } = await runSample(subject, row, endpoint, { n: 3 });
    await expectPictures(run, job);
    expect(new Set(run.images.map((image) => image.bytes.toString('base64'))).size).toBe(3);
  });

  test.each(checkedFormats(row))('makes a %s where it is asked for', async (outputFormat) => {
    const { job, run } = await runSample(subject, row, endpoint, { outputFormat });
    await expectPictures(run, job);
    for (const image of run.images) expect((await decodePicture(image.bytes)).format).toBe(outputFormat);
  });

  testIf(hasChoice(row, 'background', 'transparent'))('leaves the ground transparent', async () => {
    const { job, run } = await runSample(subject, row, endpoint, {
      background: 'transparent',
      ...(row.parameters.output_format === undefined ? {} : { outputFormat: 'png' }),
    });
    await expectPictures(run, job);
    // What goes into an edit or a variation may cover everything.
    if (job.kind !== 'generate') return;
    for (const image of run.images) expect((await decodePicture(image.bytes)).seeThrough).toBe(true);
  });

  testIf(maxOf(row, 'partial_images') > 0)('sends previews of each picture before it', async () => {
    const { job, run } = await runSample(subject, row, endpoint, { partialImages: 2 });
    await expectPictures(run, job);
    expect(run.partials.length).toBeLessThanOrEqual(2);
    expect(run.partials.map((partial) => partial.partialIndex)).toEqual(
      run.partials.map((_, index) => index),
    );
    expect(run.types.lastIndexOf('partial')).toBeLessThan(run.types.indexOf('image'));
    for (const partial of run.partials) {
      expect(partial.imageIndex).toBe(0);
      await decodePicture(partial.bytes);
    }
  });

  testIf(row.size !== undefined)('chooses the size itself where it is asked to', async () => {
    const { job, run } = await runSample(subject, row, endpoint, { size: 'auto' });
    await expectPictures(run, job);
  });

  testIf(endpoint !== 'images.variations').each([
    ['emoji and other scripts', '🦊👩\u200d🚀 \u202eمرحبا\u202c 漢字 \u0000\u0007 "quotes" \\ </script> %s'],
    ['the longest prompt', 'a very long story of an owl, '.repeat(2000)],
  ])('draws %s', async (_, text) => {
    const prompt = [...text].slice(0, row.promptMaxChars).join('');
    const { job, run } = await runSample(subject, row, endpoint, { prompt });
    await expectPictures(run, job);
  });

  test('serves two jobs at once', async () => {
    const model = await openModel(subject, row, endpoint);
    const jobs = [
      await sampleJob(row, endpoint),
      await sampleJob(row, endpoint, { n: maxOf(row, 'n') > 1 ? 2 : 1 }),
    ];
    const runs = await Promise.all(jobs.map((job) => collectEvents(model, job)));
    for (const [index, job] of jobs.entries()) await expectPictures(at(runs, index), job);
  });
}

function testEndings(subject: Subject, row: ModelRow, endpoint: Endpoint): void {
  test('ends with a ProviderError when it was given up before it began', async () => {
    const model = await openModel(subject, row, endpoint);
    const error = await runToError(model, await sampleJob(row, endpoint), AbortSignal.abort());
    expect(error).toBeInstanceOf(ProviderError);
    expect(error.facts.charged).toBe('no');
  });

  test('ends when it is given up in the middle, as an error or with the pictures that were there', async () => {
    const model = await openModel(subject, row, endpoint);
    const controller = new AbortController();
    const running = collectEvents(model, await sampleJob(row, endpoint), controller.signal);
    setImmediate(() => controller.abort());
    const [outcome] = await Promise.allSettled([running]);
    if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(ProviderError);
    else expect(outcome.value.images).toHaveLength(1);
  });

  test('can be left early', async () => {
    const model = await openModel(subject, row, endpoint);
    const context = { requestId: 'req_left', signal: new AbortController().signal };
    for await (const event of model.run(await sampleJob(row, endpoint), context)) {
      expect(event.type).toBe('started');
      break;
    }
    const again = await collectEvents(model, await sampleJob(row, endpoint));
    expect(again.images).toHaveLength(1);
  });
}

function testEdits(subject: Subject, row: ModelRow): void {
  const maxImages = row.edits?.maxImages ?? 1;

  testIf(maxImages > 1)('takes several pictures', async () => {
    const images = await sampleImages(row, 'edit', Math.min(maxImages, 3));
    const { job, run } = await runSample(subject, row, 'images.edits', { images });
    await expectPictures(run, job);
  });

  testIf(row.edits?.mask !== false)('takes a mask', async () => {
    const model = await openModel(subject, row, 'images.edits');
    const job = await maskedJob(row);
    await expectPictures(await collectEvents(model, job), job);
  });

  test('ends with a ProviderError when a picture cannot be read', async () => {
    const model = await openModel(subject, row, 'images.edits');
    const job = await sampleJob(row, 'images.edits');
    const error = await runToError(model, { ...job, images: job.images.map(brokenInput) });
    expect(error).toBeInstanceOf(ProviderError);
    expect(error.facts.charged).toBe('no');
  });
}

/** Registers a test only where it applies, so that a report shows no test that did not run. */
function testIf(
  applies: boolean,
): Pick<typeof test, 'each'> & ((name: string, work: () => Promise<void>) => void) {
  return applies ? test : Object.assign(() => undefined, { each: () => () => undefined });
}

async function openModel(subject: Subject, row: ModelRow, endpoint: Endpoint): Promise<ImageModel> {
  const opened = await subject.open();
  const model = opened.model(row, endpoint);
  if (model === null) throw new Error(`${subject.name} does not serve ${row.id} on ${endpoint}.`);
  return model;
}

async function runSample(
  subject: Subject,
  row: ModelRow,
  endpoint: Endpoint,
  changes: Partial<ImageJob> = {},
): Promise<{ job: ImageJob; run: CollectedRun }> {
  const model = await openModel(subject, row, endpoint);
  const job = await sampleJob(row, endpoint, changes);
  return { job, run: await collectEvents(model, job) };
}

/** All n pictures, each once, each whole, each as it says it is. */
async function expectPictures(run: CollectedRun, job: ImageJob): Promise<void> {
  const indexes = run.images.map((image) => image.imageIndex).toSorted((a, b) => a - b);
  expect(indexes).toEqual(Array.from({ length: job.n }, (_, index) => index));
  expect(run.finished.missing ?? []).toEqual([]);
  for (const image of run.images) await expectPicture(image, job);
  if (run.usage !== null) expectUsage(run.usage);
}

async function expectPicture(image: Collected, job: ImageJob): Promise<void> {
  const picture = await decodePicture(image.bytes);
  expect(checkApplied(image.applied, picture, job.row)).toEqual([]);
  if (job.size === undefined || job.size === 'auto') return;
  expect({ width: picture.width, height: picture.height }).toEqual(job.size);
}

function expectUsage(usage: NonNullable<CollectedRun['usage']>): void {
  for (const [name, value] of Object.entries(usage)) {
    if (name === 'source' || value === null) continue;
    expect(Number.isSafeInteger(value) && Number(value) >= 0, `${name} is a count of tokens`).toBe(true);
  }
}

function maxOf(row: ModelRow, parameter: 'n' | 'partial_images'): number {
  const rule = row.parameters[parameter];
  return rule?.kind === 'integer' ? rule.max : 0;
}

function hasChoice(row: ModelRow, parameter: 'background', value: string): boolean {
  const rule = row.parameters[parameter];
  return rule?.kind === 'choice' && rule.values.includes(value) && rule.approximated?.[value] === undefined;
}

/** Formats that may be asked for and that Pictor models. */
function checkedFormats(row: ModelRow) {
  const rule = row.parameters.output_format;
  if (rule?.kind !== 'choice') return [];
  return row.outputFormats.filter(
    (format) => rule.values.includes(format) && !(rule.unchecked ?? []).includes(format),
  );
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new RangeError(`There is nothing at ${index}.`);
  return item;
}
