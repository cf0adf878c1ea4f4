import { Skeleton } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorNotice } from './error-notice.tsx';

type LoadedProps<T> = {
  readonly query: UseQueryResult<T>;
  /** What is loaded, as in "The keys could not be loaded". */
  readonly what: string;
  /** Height in pixels while nothing is there yet, so that the page does not jump. */
  readonly height?: number;
  readonly children: (data: T) => ReactNode;
};

/** What was asked for, once it is there; until then its place, or why it cannot be had. */
export function Loaded<T>({ query, what, height = 120, children }: LoadedProps<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error !== null) {
    return (
      <ErrorNotice
        title={`${what} could not be loaded`}
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  }
  return <Skeleton height={height} radius="md" aria-label={`${what} are being loaded`} role="status" />;
}
