import { describe, expect, test } from 'vitest';
import { fail } from './testing/fail.ts';

const told = { promptTokenCount: 9, totalTokenCount: 9 };
const candidate = (finishReason: string, rest: Record<string, unknown> = {}) => ({
  candidates: [{ finishReason, ...rest }],
  usageMetadata: told,
});
const words = { content: { parts: [{ text: 'I cannot draw that. a red kite over the sea' }] } };

describe('an answer with status 200 and no picture', () => {
  test.each([
    ['a blocked prompt', { promptFeedback: { blockReason: 'SAFETY' }, usageMetadata: told }, 'input', []],
    [
      'a prohibited prompt',
      { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' } },
      'input',
      ['prohibited_content'],
    ],
    ['a prompt on a list', { promptFeedback: { blockReason: 'BLOCKLIST' } }, 'input', ['blocklist']],
    ['another reason to block', { promptFeedback: { blockReason: 'OTHER' } }, 'input', []],
    [
      'Model Armor',
      { promptFeedback: { blockReason: 'MODEL_ARMOR', blockReasonMessage: 'By a template.' } },
      'input',
      ['model_armor'],
    ],
    ['a jailbreak', { promptFeedback: { blockReason: 'JAILBREAK' } }, 'input', ['jailbreak']],
    [
      'a blocked prompt with ratings',
      {
        promptFeedback: {
          blockReason: 'SAFETY',
          safetyRatings: [
            { category: 'HARM_CATEGORY_SEXUALLY_EXPLICIT', probability: 'HIGH', blocked: true },
            { category: 'HARM_CATEGORY_HARASSMENT', probability: 'LOW' },
          ],
        },
      },
      'input',
      ['sexually_explicit'],
    ],
    ['unsafe content', candidate('SAFETY'), 'output', []],
    [
      'an unsafe picture with ratings',
      candidate('IMAGE_SAFETY', {
        safetyRatings: [{ category: 'HARM_CATEGORY_IMAGE_HATE', blocked: true }],
        finishMessage: 'Unable to show the generated image.',
      }),
      'output',
      ['image_hate'],
    ],
    ['a prohibited picture', candidate('IMAGE_PROHIBITED_CONTENT'), 'output', ['prohibited_content']],
    ['a recitation', candidate('RECITATION'), 'output', ['recitation']],
    ['a recited picture', candidate('IMAGE_RECITATION'), 'output', ['recitation']],
    ['personal information', candidate('SPII'), 'output', ['personal_information']],
  ])('refuses content: %s', async (_title, body, stage, categories) => {
    const { facts } = await fail({ body });
    expect(facts).toMatchObject({
      kind: 'moderated',
      moderation: { stage, categories },
      upstreamStatus: 200,
    });
    expect(facts.charged).toBe('usageMetadata' in body ? 'yes' : 'maybe');
  });

  test.each([
    ['NO_IMAGE', candidate('NO_IMAGE'), 'NO_IMAGE'],
    [
      'IMAGE_OTHER',
      candidate('IMAGE_OTHER', { finishMessage: 'Try another prompt.' }),
      'Try another prompt.',
    ],
    ['OTHER', candidate('OTHER'), 'OTHER'],
    ['MAX_TOKENS', candidate('MAX_TOKENS'), 'MAX_TOKENS'],
    ['LANGUAGE', candidate('LANGUAGE'), 'LANGUAGE'],
    ['MALFORMED_RESPONSE', candidate('MALFORMED_RESPONSE'), 'MALFORMED_RESPONSE'],
    ['words alone', candidate('STOP', words), 'I cannot draw that.'],
  ])('has none, and says why: %s', async (_title, body, sentence) => {
    const { facts } = await fail({ body });
    expect(facts).toMatchObject({ kind: 'unreadable', charged: 'yes' });
    expect(facts.message).toContain(sentence);
    expect(facts.message).not.toContain('a red kite over the sea');
  });
});
