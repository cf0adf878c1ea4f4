import { Loader, Tabs } from '@mantine/core';
import type { PromptView } from '@pictor/sdk';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { ErrorNotice } from '../common/error-notice.tsx';
import { PromptHeader } from './details/prompt-header.tsx';
import { EditorTab } from './editor/editor-tab.tsx';
import classes from './prompt-page.module.css';
import { type PromptTab, promptTabs } from './prompts-search.ts';
import { usePrompt, useVersions } from './use-prompts.ts';

const VersionsTab = lazy(async () => ({
  default: (await import('./versions/versions-tab.tsx')).VersionsTab,
}));
const LabelsTab = lazy(async () => ({ default: (await import('./labels/labels-tab.tsx')).LabelsTab }));
const UsageTab = lazy(async () => ({ default: (await import('./usage/usage-tab.tsx')).UsageTab }));
const CodeTab = lazy(async () => ({ default: (await import('./code/code-tab.tsx')).CodeTab }));

const names: Readonly<Record<PromptTab, string>> = {
  editor: 'Editor',
  versions: 'Versions',
  labels: 'Labels',
  usage: 'Usage',
  code: 'Code',
};

/** One saved prompt: its words, its versions, its labels, what it made, and how to call it. */
export function PromptPage() {
  const { promptId } = useParams({ from: '/prompts/$promptId' });
  const prompt = usePrompt(promptId);
  if (prompt.error !== null && prompt.data === undefined) {
    return (
      <div className={classes.page}>
        <h1 className={classes.missing}>Prompt</h1>
        <ErrorNotice
          title="This prompt could not be opened"
          error={prompt.error}
          onRetry={() => void prompt.refetch()}
        />
      </div>
    );
  }
  if (prompt.data === undefined) {
    return (
      <div className={classes.page}>
        <Loader size="sm" color="gray" aria-label="Opening the prompt" />
      </div>
    );
  }
  return <OpenPrompt key={prompt.data.id} prompt={prompt.data} />;
}

function OpenPrompt({ prompt }: { readonly prompt: PromptView }) {
  const search = useSearch({ from: '/prompts/$promptId' });
  const navigate = useNavigate({ from: '/prompts/$promptId' });
  const tab = search.tab ?? 'editor';
  const open = (value: string | null): void => {
    const chosen = promptTabs.find((each) => each === value);
    void navigate({ search: { tab: chosen === 'editor' ? undefined : chosen, version: search.version } });
  };
  return (
    <>
      <PromptHeader prompt={prompt} />
      <Tabs value={tab} onChange={open} keepMounted={false} className={classes.tabs ?? ''}>
        <Tabs.List className={classes.list ?? ''} data-scrolls-sideways>
          {promptTabs.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {names[each]}
              {each === 'versions' && <span className={classes.count}>{prompt.latest_version}</span>}
              {each === 'labels' && prompt.labels.length > 0 && (
                <span className={classes.count}>{prompt.labels.length}</span>
              )}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Suspense fallback={<Loader size="sm" color="gray" m="lg" aria-label="Loading" />}>
          <Tabs.Panel value="editor" className={classes.panel ?? ''}>
            <Editor prompt={prompt} version={search.version ?? prompt.latest_version} />
          </Tabs.Panel>
          <Tabs.Panel value="versions" className={classes.panel ?? ''}>
            <VersionsTab prompt={prompt} />
          </Tabs.Panel>
          <Tabs.Panel value="labels" className={classes.panel ?? ''}>
            <LabelsTab prompt={prompt} />
          </Tabs.Panel>
          <Tabs.Panel value="usage" className={classes.panel ?? ''}>
            <UsageTab prompt={prompt} />
          </Tabs.Panel>
          <Tabs.Panel value="code" className={classes.panel ?? ''}>
            <CodeTab prompt={prompt} />
          </Tabs.Panel>
        </Suspense>
      </Tabs>
    </>
  );
}

function Editor({ prompt, version }: { readonly prompt: PromptView; readonly version: number }) {
  const versions = useVersions(prompt.id);
  if (versions.error !== null) {
    return (
      <ErrorNotice
        title="The versions could not be loaded"
        error={versions.error}
        onRetry={() => void versions.refetch()}
      />
    );
  }
  const chosen = versions.data?.find((each) => each.version === version) ?? prompt.current;
  const isComing = versions.data === undefined || chosen === undefined;
  if (isComing) return <Loader size="sm" color="gray" aria-label="Loading the version" />;
  return <EditorTab key={`${prompt.id} ${chosen.version}`} prompt={prompt} version={chosen} />;
}
