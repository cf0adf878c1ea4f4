import { z } from 'zod';
import { JudgeFailure } from './judge-failure.ts';

const response = z.looseObject({
  status: z.string(),
  incomplete_details: z.looseObject({ reason: z.string() }).nullish(),
  output: z.array(
    z.looseObject({
      type: z.string(),
      content: z
        .array(
          z.looseObject({ type: z.string(), text: z.string().optional(), refusal: z.string().optional() }),
        )
        .optional(),
    }),
  ),
});

const shownCharacters = 200;

type Facts = { readonly costNanoUsd: number | null; readonly responseId: string };

/** The judgement in a response. Throws a JudgeFailure with what was paid. */
export function readAnswer<Answer>(json: unknown, schema: z.ZodType<Answer>, facts: Facts): Answer {
  const read = response.safeParse(json);
  if (!read.success) throw unreadable('its response has another form than a response has', facts);
  const { incomplete_details: incomplete, output } = read.data;
  const parts = output.flatMap((item) => (item.type === 'message' ? (item.content ?? []) : []));
  const refusal = parts.find((part) => part.type === 'refusal')?.refusal;
  if (refusal !== undefined) throw refused(refusal, facts);
  if (incomplete?.reason === 'content_filter') throw refused('its service filtered the answer', facts);
  const text = parts.map((part) => part.text ?? '').join('');
  const answer = schema.safeParse(findJson(text));
  if (answer.success) return answer.data;
  if (incomplete != null) throw unreadable(`it broke off (${incomplete.reason})`, facts);
  throw unreadable(text.trim() === '' ? 'it said nothing' : `it said “${shorten(text)}”`, facts);
}

/** The outermost object in a text: some models put it into a fence, or say something before it. */
function findJson(text: string): unknown {
  const from = text.indexOf('{');
  const to = text.lastIndexOf('}');
  if (from < 0 || to < from) return undefined;
  try {
    return JSON.parse(text.slice(from, to + 1));
  } catch {
    return undefined;
  }
}

function refused(why: string, facts: Facts): JudgeFailure {
  return new JudgeFailure('judge_refused', `The model would not judge: ${shorten(why)}`, facts);
}

function unreadable(why: string, facts: Facts): JudgeFailure {
  return new JudgeFailure('judge_unreadable', `The model's answer is no judgement: ${why}.`, facts);
}

function shorten(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length > shownCharacters ? `${line.slice(0, shownCharacters)} …` : line;
}
