import type { Model, SizeRule } from '@pictor/sdk';
import { formatSize, formatUsd } from '../common/format-values.ts';
import type { Ability } from './models-search.ts';

/** What people look for in a model, in the order in which it is told. */
export const abilityWords: Readonly<Record<Ability, string>> = {
  edit: 'Edits',
  transparent: 'Transparent',
  stream: 'Streams',
  'free-size': 'Free sizes',
};

const endpointWords: Readonly<Record<string, string>> = {
  'images.generations': 'generate',
  'images.edits': 'edit',
  'images.variations': 'vary',
  responses: 'converse',
};

/** Can a model do this? */
export function canDo(model: Model, ability: Ability): boolean {
  const { endpoints, parameters, size } = model.pictor;
  switch (ability) {
    case 'edit':
      return endpoints.includes('images.edits');
    case 'transparent': {
      const { background } = parameters;
      return background?.kind === 'choice' && background.values.includes('transparent');
    }
    case 'stream':
      return parameters.stream !== undefined || parameters.partial_images !== undefined;
    case 'free-size':
      return size?.kind === 'free';
  }
}

/** `generate, edit, vary`. */
export function describeEndpoints(model: Model): string {
  return model.pictor.endpoints.map((endpoint) => endpointWords[endpoint] ?? endpoint).join(', ');
}

/** Which pixel sizes a model makes, in a few words. */
export function describeSizes(size: SizeRule | null): string {
  if (size === null) return 'none to choose';
  switch (size.kind) {
    case 'fixed':
      return size.sizes.map(formatSize).join(', ');
    case 'free':
      return `any from ${size.minEdge} to ${size.maxEdge} px a side, in steps of ${size.multipleOf}, up to ${size.maxRatio} : 1`;
    case 'ratio-table': {
      const ratios = Object.keys(size.tiers[size.defaultTier] ?? {});
      return `${Object.keys(size.tiers).join(', ')} in ${ratios.join(', ')}`;
    }
  }
}

const tokenWords: Readonly<Record<string, string>> = {
  text_in: 'text in',
  text_in_cached: 'text in, cached',
  image_in: 'images in',
  image_in_cached: 'images in, cached',
  text_out: 'text out',
  image_out: 'images out',
};

/** Every known rate of a price: what it is for, and how much. */
export function listRates(price: Model['pictor']['price']): readonly { what: string; cost: string }[] {
  if (price === null || price === undefined) return [];
  const tokens = Object.entries(price.per_million_tokens).flatMap(([kind, usd]) =>
    usd === null ? [] : [{ what: `1M tokens, ${tokenWords[kind] ?? kind}`, cost: formatUsd(usd) }],
  );
  const images = price.per_image.map(({ size, quality, cost }) => ({
    what: ['an image', size === null ? null : formatSize(size), quality].filter(Boolean).join(', '),
    cost: formatUsd(cost),
  }));
  return [...tokens, ...images];
}

/** The price in a few words for a row: the rate that counts most. */
export function tellPrice(price: Model['pictor']['price']): string {
  if (price === null || price === undefined) return 'unknown';
  if (price.mode === 'free') return 'free';
  const { image_out: out, text_out: words } = price.per_million_tokens;
  if (price.mode === 'token') {
    const rate = out ?? words;
    return rate === null || rate === undefined ? 'by tokens' : `${formatUsd(rate)} / 1M tokens out`;
  }
  const costs = price.per_image.map(({ cost }) => cost);
  const [least, most] = [Math.min(...costs), Math.max(...costs)];
  return least === most
    ? `${formatUsd(least)} an image`
    : `${formatUsd(least)} to ${formatUsd(most)} an image`;
}
