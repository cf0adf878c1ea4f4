import type { Model } from '@pictor/sdk';
import { expect, test } from 'vitest';
import { readChoices, toGenerateRequest } from './read-choices.ts';

function model(id: string, facts: Partial<Model['pictor']> = {}): Model {
  return {
    id,
    object: 'model',
    created: 0,
    owned_by: 'openai',
    shutdown_date: null,
    pictor: {
      title: id,
      family: 'gpt-image',
      vendor: 'openai',
      aliases: [],
      endpoints: ['images.generations'],
      engine: 'sketch',
      stand_in: true,
      warnings: [],
      prompt_max_chars: 32_000,
      edits: null,
      parameters: {
        n: { kind: 'integer', min: 1, max: 4, default: 1 },
        quality: { kind: 'choice', values: ['auto', 'low'], default: 'auto' },
      },
      size: { kind: 'fixed', sizes: ['1024x1024', '1536x1024'], default: 'auto' },
      ...facts,
    },
  };
}

const plain = model('dall-e-3', {
  parameters: {
    n: { kind: 'integer', min: 1, max: 1, default: 1 },
    quality: { kind: 'choice', values: ['standard'], default: 'standard' },
  },
  size: { kind: 'fixed', sizes: ['1024x1024', '1792x1024'], default: '1024x1024' },
});
const models = [plain, model('gpt-image-2'), model('gpt-image-9', { aliases: ['newest'] })];

test('the model of the address is taken by its name or an alias, then gpt-image-2, then the first', () => {
  expect(readChoices(models, { model: 'dall-e-3' }).model?.id).toBe('dall-e-3');
  expect(readChoices(models, { model: 'newest' }).model?.id).toBe('gpt-image-9');
  expect(readChoices(models, { model: 'gone' }).model?.id).toBe('gpt-image-2');
  expect(readChoices([plain], {}).model?.id).toBe('dall-e-3');
  expect(readChoices([], {}).model).toBeUndefined();
});

test('only what the model lets one choose is offered', () => {
  const choices = readChoices(models, { model: 'dall-e-3' });
  expect(choices.count).toBeNull();
  expect(choices.quality).toBeNull();
  expect(choices.size).toEqual({
    value: '1024x1024',
    fallback: '1024x1024',
    options: [
      { value: 'auto', label: 'Auto' },
      { value: '1024x1024', label: '1024 × 1024 · square' },
      { value: '1792x1024', label: '1792 × 1024 · landscape' },
    ],
  });
});

test('a choice that the model does not have falls back to the default', () => {
  const choices = readChoices(models, { size: '1792x1024', quality: 'hd', n: 9 });
  expect([choices.size?.value, choices.quality?.value, choices.count?.value]).toEqual(['auto', 'auto', '1']);
});

test('a table of ratios offers the sizes of its own tier', () => {
  const gemini = model('gemini', {
    size: {
      kind: 'ratio-table',
      tiers: { '1K': { '1:1': '1024x1024', '9:16': '768x1376' }, '2K': { '1:1': '2048x2048' } },
      defaultTier: '1K',
      defaultRatio: '1:1',
    },
  });
  const { size } = readChoices([gemini], {});
  expect(size?.options.map((option) => option.value)).toEqual(['auto', '1024x1024', '768x1376']);
  expect(size?.options[2]?.label).toBe('768 × 1376 · portrait');
});

test('the body of the call carries what was chosen and no defaults', () => {
  const [, first] = models;
  if (first === undefined) throw new Error('no model');
  expect(toGenerateRequest('a fox', first, readChoices(models, {}))).toEqual({
    prompt: 'a fox',
    model: 'gpt-image-2',
  });
  const chosen = readChoices(models, { size: '1536x1024', quality: 'low', n: 3 });
  expect(toGenerateRequest('a fox', first, chosen)).toEqual({
    prompt: 'a fox',
    model: 'gpt-image-2',
    size: '1536x1024',
    quality: 'low',
    n: 3,
  });
});
