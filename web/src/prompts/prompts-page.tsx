import { EmptyState } from '../common/empty-state.tsx';
import { PageHeader } from '../common/page-header.tsx';

/** Filled in next. */
export function PromptsPage() {
  return (
    <>
      <PageHeader title="Prompts" />
      <EmptyState title="Nothing here yet">This page is being built.</EmptyState>
    </>
  );
}
