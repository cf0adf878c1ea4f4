import { Button, Loader, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconFilter, IconSearch } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { EmptyState } from '../common/empty-state.tsx';
import { ErrorNotice } from '../common/error-notice.tsx';
import { PageHeader } from '../common/page-header.tsx';
import { NewPromptButton } from './list/new-prompt-button.tsx';
import { PromptRow } from './list/prompt-row.tsx';
import { RegistryFiles } from './list/registry-files.tsx';
import { RegistryFilters } from './list/registry-filters.tsx';
import classes from './prompts-page.module.css';
import { type PromptsSearch, readPromptsSearch } from './prompts-search.ts';
import { usePromptCounts, usePromptList, useRegistrySummary } from './use-prompts.ts';

const types = [
  { value: 'all', label: 'All' },
  { value: 'completion', label: 'Completions' },
  { value: 'chat', label: 'Chats' },
  { value: 'snippet', label: 'Snippets' },
];

/** All saved prompts: by folder, words, tag, label and type. */
export function PromptsPage() {
  const search = useSearch({ from: '/prompts' });
  const summary = useRegistrySummary();
  const [showsFilters, setShowsFilters] = useState(false);
  return (
    <>
      <PageHeader
        title="Prompts"
        description="Texts with variables, the model they run on, and every version they ever had."
        actions={
          <>
            <RegistryFiles />
            <NewPromptButton folder={search.folder} />
          </>
        }
      />
      <div className={classes.page}>
        <aside className={classes.filters} data-open={showsFilters}>
          {summary.data !== undefined && <RegistryFilters summary={summary.data} search={search} />}
        </aside>
        <div className={classes.list}>
          <FilterBar search={search} onFilters={() => setShowsFilters(!showsFilters)} isOpen={showsFilters} />
          <List search={search} />
        </div>
      </div>
    </>
  );
}

type FilterBarProps = {
  readonly search: PromptsSearch;
  readonly onFilters: () => void;
  readonly isOpen: boolean;
};

function FilterBar({ search, onFilters, isOpen }: FilterBarProps) {
  const navigate = useNavigate({ from: '/prompts' });
  const change = (changed: Partial<PromptsSearch>): void => {
    void navigate({ search: (now) => ({ ...now, ...changed }), replace: true, resetScroll: false });
  };
  const [words, setWords] = useState(search.q ?? '');
  const find = useDebouncedCallback((q: string) => change({ q: q === '' ? undefined : q }), 200);
  return (
    <div className={classes.bar}>
      <TextInput
        type="search"
        aria-label="Search by name"
        placeholder="Search by name"
        leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value);
          find(event.currentTarget.value.trim());
        }}
        className={classes.search ?? ''}
      />
      <Button
        variant="default"
        leftSection={<IconFilter size={16} stroke={1.6} aria-hidden />}
        aria-expanded={isOpen}
        onClick={onFilters}
        className={classes.toggle ?? ''}
      >
        Folders and tags
      </Button>
      <SegmentedControl
        aria-label="Type"
        data={types}
        value={search.type ?? 'all'}
        onChange={(value) => change({ type: readPromptsSearch({ type: value }).type })}
      />
      <Switch
        label="Archived"
        checked={search.status === 'archived'}
        onChange={(event) => change({ status: event.currentTarget.checked ? 'archived' : undefined })}
      />
    </div>
  );
}

function List({ search }: { readonly search: PromptsSearch }) {
  const prompts = usePromptList(search);
  const counts = usePromptCounts();
  if (prompts.error !== null) {
    return (
      <ErrorNotice
        title="Prompts could not be loaded"
        error={prompts.error}
        onRetry={() => void prompts.refetch()}
      />
    );
  }
  if (prompts.data === undefined) return <Loader size="sm" color="gray" aria-label="Loading prompts" />;
  const rows = prompts.data.pages.flatMap((page) => page.data);
  if (rows.length === 0) return <Nothing search={search} />;
  return (
    <>
      <ul className={classes.rows} aria-label="Prompts">
        {rows.map((prompt) => (
          <li key={prompt.id}>
            <PromptRow prompt={prompt} requests={counts.data?.get(prompt.name) ?? (counts.data && 0)} />
          </li>
        ))}
      </ul>
      <p className={classes.more}>
        {rows.length} of {prompts.data.pages[0]?.total}
        {prompts.hasNextPage && (
          <Button
            variant="default"
            size="xs"
            loading={prompts.isFetchingNextPage}
            onClick={() => void prompts.fetchNextPage()}
          >
            Show more
          </Button>
        )}
      </p>
    </>
  );
}

/** Nothing fits, or nothing is there yet. */
function Nothing({ search }: { readonly search: PromptsSearch }) {
  const navigate = useNavigate({ from: '/prompts' });
  const isFiltered = Object.values(search).some((value) => value !== undefined);
  if (isFiltered) {
    const clear = (): void => void navigate({ search: {} });
    return (
      <EmptyState
        title={search.status === 'archived' ? 'No archived prompt fits' : 'No prompt fits'}
        actions={
          <Button variant="default" onClick={clear}>
            Show all prompts
          </Button>
        }
      >
        Nothing here has all that is asked for. Snippets are completions without a model.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No prompts yet" actions={<NewPromptButton folder={undefined} />}>
      <p>
        A saved prompt is a text with variables such as <code>{'{subject}'}</code>, and the model it runs on.
        Every change is a new version, so each picture can tell which words made it.
      </p>
      <p>
        Programs ask for a prompt by a label such as <code>live</code>: move the label, and they use the other
        version from the next call on. Do you have prompts elsewhere? Import them as files, or publish them
        with PromptLayer’s own client.
      </p>
    </EmptyState>
  );
}
