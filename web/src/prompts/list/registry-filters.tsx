import { Button } from '@mantine/core';
import type { RegistrySummary } from '@pictor/sdk';
import { IconFolder, IconFolderOpen } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { PromptsSearch } from '../prompts-search.ts';
import classes from './registry-filters.module.css';

type RegistryFiltersProps = {
  readonly summary: RegistrySummary;
  readonly search: PromptsSearch;
};

const shownAtFirst = 12;

/** Folders as a tree, tags and labels. Each is a link to the list with it, or without it where it is chosen. */
export function RegistryFilters({ summary, search }: RegistryFiltersProps) {
  const { folders, tags, labels } = summary;
  return (
    <nav aria-label="Folders, tags and labels" className={classes.filters}>
      <Section title="Folders">
        <FilterLink search={search} change={{ folder: undefined }} isOn={search.folder === undefined}>
          <span className={classes.name}>All prompts</span>
          <Count value={summary.prompts} />
        </FilterLink>
        <Some
          items={folders}
          render={(folder) => <Folder key={folder.name} folder={folder} search={search} />}
        />
      </Section>
      {labels.length > 0 && (
        <Section title="Labels">
          <Some
            items={labels}
            render={({ name, prompts }) => (
              <Mark key={name} kind="label" name={name} prompts={prompts} search={search} />
            )}
          />
        </Section>
      )}
      {tags.length > 0 && (
        <Section title="Tags">
          <Some
            items={tags}
            render={({ name, prompts }) => (
              <Mark key={name} kind="tag" name={name} prompts={prompts} search={search} />
            )}
          />
        </Section>
      )}
    </nav>
  );
}

type Counted = RegistrySummary['folders'][number];

function Folder({ folder, search }: { readonly folder: Counted; readonly search: PromptsSearch }) {
  const parts = folder.name.split('/');
  const isOn = search.folder === folder.name;
  const isAbove = search.folder?.startsWith(`${folder.name}/`) === true;
  const Icon = isOn || isAbove ? IconFolderOpen : IconFolder;
  return (
    <FilterLink search={search} change={{ folder: folder.name }} isOn={isOn} depth={parts.length - 1}>
      <Icon size={15} stroke={1.6} aria-hidden />
      <span className={classes.name} title={folder.name}>
        {parts.at(-1)}
      </span>
      <Count value={folder.prompts} />
    </FilterLink>
  );
}

type MarkProps = {
  readonly kind: 'tag' | 'label';
  readonly name: string;
  readonly prompts: number;
  readonly search: PromptsSearch;
};

function Mark({ kind, name, prompts, search }: MarkProps) {
  const isOn = search[kind] === name;
  return (
    <FilterLink search={search} change={{ [kind]: isOn ? undefined : name }} isOn={isOn}>
      <span className={classes.name} title={name}>
        {name}
      </span>
      <Count value={prompts} />
    </FilterLink>
  );
}

type FilterLinkProps = {
  readonly search: PromptsSearch;
  readonly change: Partial<PromptsSearch>;
  readonly isOn: boolean;
  readonly depth?: number;
  readonly children: ReactNode;
};

function FilterLink({ search, change, isOn, depth = 0, children }: FilterLinkProps) {
  return (
    <Link
      to="/prompts"
      search={{ ...search, ...change }}
      resetScroll={false}
      className={classes.link}
      data-on={isOn}
      style={{ paddingInlineStart: `${0.5 + Math.min(depth, 6) * 0.875}rem` }}
    >
      {children}
    </Link>
  );
}

function Count({ value }: { readonly value: number }) {
  return <span className={classes.count}>{value}</span>;
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h2 className={classes.title}>{title}</h2>
      <div className={classes.links}>{children}</div>
    </section>
  );
}

type SomeProps<Item> = {
  readonly items: readonly Item[];
  readonly render: (item: Item) => ReactNode;
};

/** A long list starts short. */
function Some<Item>({ items, render }: SomeProps<Item>) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? items : items.slice(0, shownAtFirst);
  return (
    <>
      {shown.map(render)}
      {shown.length < items.length && (
        <Button variant="subtle" color="gray" size="compact-xs" onClick={() => setWhole(true)}>
          All {items.length}
        </Button>
      )}
    </>
  );
}
