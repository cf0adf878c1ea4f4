import { z } from 'zod';
import { askOnce } from '../ask-once.ts';
import type { Extraction, JudgeContext, Judges } from '../judge.ts';
import { JudgeFailure } from '../judge-failure.ts';
import { type JudgeParts, readHow } from '../judge-parts.ts';
import { nameVerdict } from '../verdicts/name-verdict.ts';

type Value = Extraction['value'];
type Wanted = {
  readonly text: string;
  readonly schema: Readonly<Record<string, unknown>>;
  /** Of the member `value`. */
  readonly value: z.ZodType<Value>;
};

export async function extractFacts(
  parts: JudgeParts,
  task: Parameters<Judges['extract']>[0],
  context: JudgeContext,
): Promise<Extraction> {
  const { attributes = {}, extract, pictures } = task;
  if (pictures.length === 0) throw new JudgeFailure('invalid_input', 'There is no picture to read from.');
  const how = readHow(parts, task);
  const { schema, text, value } = describe(extract, attributes);
  const question = {
    name: 'extraction',
    text,
    pictures,
    schema: {
      type: 'object',
      properties: { value: schema },
      required: ['value'],
      additionalProperties: false,
    },
    answer: z.object({ value }),
    key: nameVerdict(how.modelId, task, [pictures], ['extraction', extract, attributes]),
  };
  const { answer, ...judged } = await askOnce(parts, question, how, context);
  return { ...judged, value: answer.value };
}

function describe(
  extract: 'caption' | 'text' | 'attributes',
  attributes: Readonly<Record<string, string>>,
): Wanted {
  switch (extract) {
    case 'caption':
      return {
        text: 'Describe what the picture shows in one or two plain sentences.',
        schema: { type: 'string' },
        value: z.string().min(1),
      };
    case 'text':
      return {
        text: 'Write down all text that is in the picture, line by line, letter by letter as it stands there: keep slips of spelling, and add nothing. An empty list where there is none.',
        schema: { type: 'array', items: { type: 'string' } },
        value: z.array(z.string()),
      };
    case 'attributes':
      return describeAttributes(attributes);
  }
}

function describeAttributes(attributes: Readonly<Record<string, string>>): Wanted {
  const names = Object.keys(attributes);
  if (names.length === 0) throw new JudgeFailure('invalid_input', 'Say which attributes are wanted.');
  const single = { type: ['string', 'number', 'boolean', 'null'] };
  return {
    text: `Tell these attributes of the picture; null where one cannot be told:\n\n${names.map((name) => `- ${name}: ${attributes[name]}`).join('\n')}`,
    schema: {
      type: 'object',
      properties: Object.fromEntries(names.map((name) => [name, single])),
      required: names,
      additionalProperties: false,
    },
    value: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
      .refine((found) => names.every((name) => Object.hasOwn(found, name))),
  };
}
