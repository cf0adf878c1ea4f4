import { z } from 'zod';
import type { Provider } from '../models/index.ts';
import { ownModel } from './model-schema.ts';
import { ownPrice } from './price-schema.ts';

const maxWaitSeconds = 3600;

const target = z.strictObject({
  model: z
    .string()
    .min(1)
    .describe(
      'A model, with the name of a provider or of one of its upstreams in front: azure-east/gpt-image-2.',
    ),
  weight: z
    .number()
    .positive()
    .optional()
    .describe('Neighbours with weights share one rank and are drawn by weight; without one, order counts.'),
});

const route = z
  .strictObject({ targets: z.array(target).min(1) })
  .describe('Where requests for this name go, best first.');

const routing = z
  .strictObject({
    retries: z.int().min(0).max(10).default(2).describe('How often a call that cost nothing is made again.'),
    max_wait_seconds: z
      .number()
      .min(0)
      .max(maxWaitSeconds)
      .default(30)
      .describe(
        'How long one request may wait between calls, in all. A service that asks for more is told to the caller.',
      ),
    rest_after_failures: z
      .int()
      .min(1)
      .max(1000)
      .default(3)
      .describe('After so many failures in a row a target rests.'),
    rest_seconds: z
      .number()
      .min(0)
      .max(86_400)
      .default(30)
      .describe('How long it rests before it is tried again.'),
    fallback_when_charge_unknown: z
      .boolean()
      .default(false)
      .describe(
        'Go to the next target also where the failed call may have been charged. The same picture may then be paid twice.',
      ),
  })
  .prefault({});

/** The schema of pictor.yaml, with each provider's own part under its id. */
export function configSchema(providers: readonly Provider[]) {
  const parts = providers.flatMap(({ id, settings }) =>
    settings === undefined ? [] : [[id, settings.optional()] as const],
  );
  return z
    .strictObject({
      providers: z.strictObject(Object.fromEntries(parts)).prefault({}).describe('Upstreams, by provider.'),
      models: z.array(ownModel).prefault([]).describe('Models of your own.'),
      prices: z.array(ownPrice).prefault([]).describe('Prices of your own.'),
      aliases: z
        .record(z.string().min(1), z.string().min(1))
        .prefault({})
        .describe('Other names: fast: gpt-image-1-mini.'),
      routes: z.record(z.string().min(1), route).prefault({}).describe('Names that lead to several targets.'),
      routing: routing.describe('How calls are repeated, and where they go next.'),
    })
    .describe('Settings of Pictor: upstreams, models, prices, aliases and routes.');
}

/** How calls are repeated and rested. */
export type RoutingSettings = z.infer<typeof routing>;

/** Where a route goes: its targets in order. */
export type OwnRoute = z.infer<typeof route>;
