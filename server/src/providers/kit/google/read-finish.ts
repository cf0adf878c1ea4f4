import { type Charged, ProviderError } from '../../../models/index.ts';
import { cleanMessage } from '../clean-message.ts';
import { isRecord } from '../read-error-body.ts';
import type { FailureSource } from './read-failure.ts';

type Members = Readonly<Record<string, unknown>>;

/** Reasons to stop that refuse content, with the category that they name by themselves. */
const refusals: Readonly<Record<string, string | null>> = {
  SAFETY: null,
  IMAGE_SAFETY: null,
  PROHIBITED_CONTENT: 'prohibited_content',
  IMAGE_PROHIBITED_CONTENT: 'prohibited_content',
  BLOCKLIST: 'blocklist',
  SPII: 'personal_information',
  RECITATION: 'recitation',
  IMAGE_RECITATION: 'recitation',
  MODEL_ARMOR: 'model_armor',
  JAILBREAK: 'jailbreak',
};

/** What an answer without a picture says of itself. */
export type Ending = {
  /** `promptFeedback`, where the prompt was blocked. */
  readonly promptFeedback: unknown;
  readonly finishReason: string | undefined;
  readonly finishMessage: string | undefined;
  readonly safetyRatings: unknown;
  /** What the model wrote in place of a picture. */
  readonly text: string;
  /** The service reports tokens, and bills what it reports. */
  readonly usageTold: boolean;
};

/** Did the model end with words, unblocked and of its own accord? */
export function isWritten({ text, promptFeedback, finishReason }: Ending): boolean {
  const isBlocked = isRecord(promptFeedback) && promptFeedback.blockReason !== undefined;
  return text !== '' && !isBlocked && (finishReason === 'STOP' || finishReason === 'MAX_TOKENS');
}

/**
 * Why an answer with status 200 has no picture: its content was refused, or the model made none. Tokens of words and
 * thoughts are billed either way, so nothing is asked for a second time.
 */
export function readFinish(ending: Ending, source: FailureSource): ProviderError {
  const charged: Charged = ending.usageTold ? 'yes' : 'maybe';
  const feedback = isRecord(ending.promptFeedback) ? ending.promptFeedback : {};
  const clean = (text: string) =>
    cleanMessage(text, { secrets: source.upstream.secrets, prompt: source.prompt });
  const shared = { charged, provider: source.upstream.provider, upstreamStatus: 200 };
  if (typeof feedback.blockReason === 'string') {
    return toRefusal('input', feedback.blockReason, {
      shared,
      told: clean(readText(feedback.blockReasonMessage)),
      ratings: feedback.safetyRatings,
    });
  }
  const reason = ending.finishReason ?? 'no reason';
  if (Object.hasOwn(refusals, reason)) {
    const told = clean(ending.finishMessage ?? '');
    return toRefusal('output', reason, { shared, told, ratings: ending.safetyRatings });
  }
  const words = clean(ending.finishMessage ?? ending.text).slice(0, 300);
  return new ProviderError({
    ...shared,
    kind: 'unreadable',
    upstreamCode: reason,
    message: `Google answered without a picture (${reason})${words === '' ? '.' : `: ${words}`}`,
  });
}

function toRefusal(
  stage: 'input' | 'output',
  reason: string,
  facts: {
    readonly shared: {
      readonly charged: Charged;
      readonly provider: string;
      readonly upstreamStatus: number;
    };
    readonly told: string;
    readonly ratings: unknown;
  },
): ProviderError {
  const what = stage === 'input' ? 'the request' : 'what the model made of the request';
  return new ProviderError({
    ...facts.shared,
    kind: 'moderated',
    upstreamCode: reason,
    message: `Google refused the content of ${what} (${reason})${facts.told === '' ? '.' : `: ${facts.told}`}`,
    moderation: { stage, categories: readCategories(reason, facts.ratings) },
  });
}

/** The categories that blocked, by Google's names in small letters: `sexually_explicit`. */
function readCategories(reason: string, ratings: unknown): readonly string[] {
  const list: readonly Members[] = Array.isArray(ratings) ? ratings.filter(isRecord) : [];
  const blocked = list
    .filter((rating) => rating.blocked === true)
    .map((rating) =>
      readText(rating.category)
        .replace(/^HARM_CATEGORY_/, '')
        .toLowerCase(),
    );
  const own = refusals[reason] ?? null;
  return [...new Set([...blocked, ...(own === null ? [] : [own])])].filter((category) => category !== '');
}

function readText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
