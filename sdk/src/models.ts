import { type ModelList, modelList } from '@pictor/api';
import { type CallOptions, sendCall, type Transport } from './send-call.ts';

/** Models that the server knows, with the rules of their parameters. */
export type Models = {
  readonly list: (options?: CallOptions) => Promise<ModelList>;
};

/** The models noun over one transport. */
export function modelsOver(transport: Transport): Models {
  return {
    list: (options) => sendCall(transport, { ...options, method: 'GET', path: '/v1/models' }, modelList),
  };
}
