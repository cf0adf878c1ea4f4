import type { GenerateRequest, Model, SizeRule } from '@pictor/sdk';
import { formatSize } from '../common/format-values.ts';
import type { CreateSearch } from './create-search.ts';

const defaultModel = 'gpt-image-2';
const countOffered = 10;

/** One thing to choose: its value on the wire, and what a person reads. */
export type Choice = { readonly value: string; readonly label: string };

/** What the form shows for one parameter. `value` equals `fallback` while nothing else is chosen. */
export type Choices = {
  readonly options: readonly Choice[];
  readonly value: string;
  readonly fallback: string;
};

/** What the form shows: null where the model does not have the parameter. */
export type FormChoices = {
  readonly model: Model | undefined;
  readonly size: Choices | null;
  readonly quality: Choices | null;
  readonly count: Choices | null;
};

/** Fits what the address asks for to what the model can do. A value the model does not have falls back to its default. */
export function readChoices(models: readonly Model[], search: CreateSearch): FormChoices {
  const model = findModel(models, search.model);
  if (model === undefined) return { model, size: null, quality: null, count: null };
  const { parameters, size } = model.pictor;
  const quality = parameters.quality;
  const count = parameters.n;
  return {
    model,
    size: size === null ? null : toChoices(sizeOptions(size), defaultSize(size), search.size),
    quality:
      quality?.kind === 'choice' && quality.values.length > 1
        ? toChoices(quality.values.map(toWord), quality.default, search.quality)
        : null,
    count:
      count?.kind === 'integer' && count.max > 1
        ? toChoices(countOptions(count.min, count.max), '1', search.n?.toString())
        : null,
  };
}

/** The body of the call: what was chosen, and nothing that is the default anyway. */
export function toGenerateRequest(prompt: string, model: Model, choices: FormChoices): GenerateRequest {
  const size = chosen(choices.size);
  const quality = chosen(choices.quality);
  const count = chosen(choices.count);
  return {
    prompt,
    model: model.id,
    ...(size === undefined ? {} : { size }),
    ...(quality === undefined ? {} : { quality }),
    ...(count === undefined ? {} : { n: Number(count) }),
  };
}

function chosen(choices: Choices | null): string | undefined {
  return choices === null || choices.value === choices.fallback ? undefined : choices.value;
}

function findModel(models: readonly Model[], asked: string | undefined): Model | undefined {
  const byName = (name: string) =>
    models.find((model) => model.id === name) ?? models.find((model) => model.pictor.aliases.includes(name));
  return (asked === undefined ? undefined : byName(asked)) ?? byName(defaultModel) ?? models[0];
}

function toChoices(options: readonly Choice[], fallback: string, asked: string | undefined): Choices {
  const value = options.some((option) => option.value === asked) ? (asked ?? fallback) : fallback;
  return { options, value, fallback };
}

function defaultSize(rule: SizeRule): string {
  return rule.kind === 'ratio-table' ? 'auto' : rule.default;
}

function sizeOptions(rule: SizeRule): Choice[] {
  const sizes = listSizes(rule).filter((size) => size !== 'auto');
  return ['auto', ...new Set(sizes)].map((value) => ({ value, label: describeSize(value) }));
}

function listSizes(rule: SizeRule): readonly string[] {
  switch (rule.kind) {
    case 'fixed':
      return rule.sizes;
    case 'free':
      return rule.common;
    case 'ratio-table':
      return Object.values(rule.tiers[rule.defaultTier] ?? {});
  }
}

function describeSize(size: string): string {
  const [width, height] = size.split('x').map(Number);
  if (width === undefined || height === undefined) return toWord(size).label;
  const shape = width === height ? 'square' : width > height ? 'landscape' : 'portrait';
  return `${formatSize(size)} · ${shape}`;
}

function toWord(value: string): Choice {
  return { value, label: value.charAt(0).toUpperCase() + value.slice(1) };
}

function countOptions(min: number, max: number): Choice[] {
  const last = Math.min(max, min + countOffered - 1);
  return Array.from({ length: last - min + 1 }, (_, index) => String(min + index)).map(toWord);
}
