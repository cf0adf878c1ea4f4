import type { AzureAddress } from './read-azure-url.ts';
import type { EntraSettings } from './settings.ts';

/** A deployment, which is what Azure calls in place of a model. */
export type Deployment = {
  readonly name: string;
  /** Id of the model that it is; null: nobody said, and it is called for every image model. */
  readonly model: string | null;
  /** Whether it streams, where the operator says so; null: pictures do, conversations do not. */
  readonly streaming: boolean | null;
};

/** A resource with everything that it takes to call it. */
export type Resource = {
  readonly name: string;
  readonly address: AzureAddress;
  readonly family: 'v1' | 'deployments';
  /** Sent with every call; null: none is. */
  readonly apiVersion: string | null;
  readonly credential:
    | { readonly kind: 'key'; readonly key: string }
    | { readonly kind: 'entra'; readonly entra: EntraSettings; readonly federated: boolean };
  /** Empty: every deployment is named like its model. */
  readonly deployments: readonly Deployment[];
  /** How its operator finds its settings. */
  readonly from: {
    readonly key: string;
    readonly address: string;
    readonly version: string;
    readonly deployments: string;
  };
};
