import type { RequestSummary } from '@pictor/sdk';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { usePictor } from '../common/pictor-context.ts';
import { readParameters } from '../playground/parameters/parameters.ts';
import { requestsKey } from '../requests/use-requests.ts';
import type { CompareSearch } from './compare-search.ts';

export type OpenedRequest = { readonly prompt: string; readonly search: Partial<CompareSearch> };

/** Opens a logged request as two columns like it, of which one is to be changed. */
export function useFromRequest(id: string | undefined, onOpen: (opened: OpenedRequest) => void) {
  const pictor = usePictor();
  const { data, error, isFetching } = useQuery({
    queryKey: [...requestsKey, 'one', id],
    queryFn: ({ signal }) => pictor.requests.get(id ?? '', { signal }),
    enabled: id !== undefined,
    retry: false,
  });
  const opened = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (id === undefined || data === undefined || opened.current === id) return;
    opened.current = id;
    onOpen(toOpened(data));
  });
  return {
    error: id === undefined ? null : error,
    isPending: id !== undefined && isFetching && data === undefined,
  };
}

function toOpened(request: RequestSummary): OpenedRequest {
  const {
    n: _n,
    stream: _stream,
    partial_images: _previews,
    seed,
    ...others
  } = readParameters(request.parameters) ?? {};
  const column = { model: request.model_id, parameters: others };
  const inputs = request.inputs.filter(({ role }) => role === 'input').map(({ id }) => id);
  return {
    prompt: request.prompt,
    search: {
      columns: [column, column],
      seed: typeof seed === 'number' ? seed : undefined,
      references: inputs.length === 0 ? undefined : inputs.join(','),
      run: undefined,
    },
  };
}
