import { EmptyState } from '../common/empty-state.tsx';
import { PageHeader } from '../common/page-header.tsx';

/** Filled in next. */
export function PromptPage() {
  return (
    <>
      <PageHeader title="Prompt" />
      <EmptyState title="Nothing here yet">This page is being built.</EmptyState>
    </>
  );
}
