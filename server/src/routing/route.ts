import type { Catalogue } from '../catalogue/index.ts';
import type { RoutingSettings } from '../config/index.ts';
import type { ImageModel, ModelRow } from '../models/index.ts';
import type { TargetHealth } from './target-health.ts';

/** One place where a request can go: a model at an upstream. */
export type Target = {
  readonly row: ModelRow;
  readonly model: ImageModel;
  /** What the upstream calls the model: the deployment that was named, else the row's id. */
  readonly upstreamModel: string;
  /** Whose prices hold: the provider that would be paid, or the upstream where it has prices of its own. */
  readonly provider: string;
  /** Name of the upstream that draws. */
  readonly engine: string;
  /** True when sketch draws in place of a model that no configured provider serves. */
  readonly standIn: boolean;
  readonly health: TargetHealth;
  /** Keeps the upstream open while a job uses it; what it gives ends that. */
  readonly hold: () => () => void;
};

/** Where a request goes first, and where it may go next. */
export type Route = Target & {
  /** In order; without the first. */
  readonly alternatives: readonly Target[];
  /** The model that was wanted; an alternative may be another one. */
  readonly wanted: ModelRow;
  /** True when the name came with a provider in front, or was an alias: such callers expect leniency. */
  readonly lenientName: boolean;
  readonly settings: RoutingSettings;
  /** Models and prices as they were when the request was planned. */
  readonly catalogue: Catalogue;
};
