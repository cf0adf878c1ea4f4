import type { Dataset } from '@pictor/sdk';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { usePictor } from '../common/pictor-context.ts';

const datasetsKey = ['datasets'] as const;
const pageSize = 200;

export function useDatasets() {
  const pictor = usePictor();
  return useQuery({
    queryKey: [...datasetsKey, 'list'],
    queryFn: ({ signal }) => pictor.datasets.list({ signal }),
  });
}

export function useDataset(id: string) {
  const pictor = usePictor();
  return useQuery({
    queryKey: [...datasetsKey, 'one', id],
    queryFn: ({ signal }) => pictor.datasets.get(id, { signal }),
  });
}

export function useDatasetVersions(id: string) {
  const pictor = usePictor();
  return useQuery({
    queryKey: [...datasetsKey, 'versions', id],
    queryFn: ({ signal }) => pictor.datasets.versions(id, { signal }),
  });
}

/** Rows of a version, or of the draft, page by page. */
export function useDatasetRows(id: string, version: number | undefined) {
  const pictor = usePictor();
  return useInfiniteQuery({
    queryKey: [...datasetsKey, 'rows', id, version ?? 'draft'],
    queryFn: ({ pageParam, signal }) =>
      pictor.datasets.rows(id, { version, limit: pageSize, offset: pageParam }, { signal }),
    initialPageParam: 0,
    getNextPageParam: (page) => {
      const next = page.offset + page.data.length;
      return next < page.total ? next : undefined;
    },
  });
}

/** Does something to datasets, and then reads anew what is shown of them. */
export function useDatasetChange<Input, Result>(
  change: (pictor: ReturnType<typeof usePictor>, input: Input) => Promise<Result>,
) {
  const pictor = usePictor();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => change(pictor, input),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: datasetsKey }),
  });
}

/** `Draft`, `Version 3`. */
export function nameOfVersion(version: number | undefined): string {
  return version === undefined ? 'Draft' : `Version ${version}`;
}

/** What is said of a dataset's state in one line. */
export function describeDataset(dataset: Dataset): string {
  const rows = `${dataset.draft.rows} ${dataset.draft.rows === 1 ? 'row' : 'rows'}`;
  if (dataset.latest_version === 0) return `${rows}, nothing published yet`;
  const version = `version ${dataset.latest_version}`;
  return dataset.draft.changed ? `${rows}, changed since ${version}` : `${rows}, ${version}`;
}
