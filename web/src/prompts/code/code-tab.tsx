import { Button, CopyButton, SegmentedControl, Select } from '@mantine/core';
import type { PromptView } from '@pictor/sdk';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Section } from '../editor/section.tsx';
import { useVersions } from '../use-prompts.ts';
import classes from './code-tab.module.css';
import { type CodeTarget, languages, writeCode } from './write-code.ts';

/** How programs run this prompt, ready to be copied. */
export function CodeTab({ prompt }: { readonly prompt: PromptView }) {
  const search = useSearch({ from: '/prompts/$promptId' });
  const navigate = useNavigate({ from: '/prompts/$promptId' });
  const versions = useVersions(prompt.id);
  const language = languages.find(({ id }) => id === search.code)?.id ?? 'pictor';
  const target = readTarget(prompt, search.label, search.version);
  const chosen =
    versions.data?.find(({ version }) => version === versionOf(prompt, target)) ?? prompt.current;
  const code = writeCode(language, {
    address: window.location.origin,
    name: prompt.name,
    type: prompt.type,
    target,
    variables: chosen?.template.input_variables ?? [],
  });
  const { packages } = languages.find(({ id }) => id === language) ?? languages[0];
  const choose = (value: string | null): void => {
    const [kind, name = ''] = [value?.slice(0, 2), value?.slice(2)];
    void navigate({
      search: (now) => ({
        ...now,
        label: kind === 'l:' ? name : undefined,
        version: kind === 'v:' ? Number(name) : undefined,
      }),
      replace: true,
    });
  };
  return (
    <Section
      title="Code"
      aside={
        <Select
          size="xs"
          aria-label="Which version"
          allowDeselect={false}
          data={[
            { value: 'n:', label: 'Newest version' },
            ...prompt.labels.map(({ name }) => ({ value: `l:${name}`, label: `Label ${name}` })),
            ...(versions.data ?? []).map(({ version }) => ({
              value: `v:${version}`,
              label: `Version ${version}`,
            })),
          ]}
          value={
            target.kind === 'label'
              ? `l:${target.label}`
              : target.kind === 'version'
                ? `v:${target.version}`
                : 'n:'
          }
          onChange={choose}
        />
      }
    >
      <div className={classes.languages} data-scrolls-sideways>
        <SegmentedControl
          aria-label="Language"
          data={languages.map(({ id, label }) => ({ value: id, label }))}
          value={language}
          onChange={(value) =>
            void navigate({ search: (now) => ({ ...now, code: value }), replace: true, resetScroll: false })
          }
        />
      </div>
      <p className={classes.words}>
        <code>PICTOR_KEY</code> is a key of this server, of this project. {packages}
      </p>
      <div className={classes.box}>
        <CopyButton value={code}>
          {({ copied, copy }) => (
            <Button
              size="compact-sm"
              variant="default"
              className={classes.copy ?? ''}
              leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
              onClick={copy}
            >
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
        <section
          aria-label="Program"
          className={classes.code}
          data-scrolls-sideways
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by keyboard
          tabIndex={0}
        >
          <pre>{code}</pre>
        </section>
      </div>
    </Section>
  );
}

function readTarget(prompt: PromptView, label: string | undefined, version: number | undefined): CodeTarget {
  const known = prompt.labels.find(({ name }) => name === label);
  if (known !== undefined) return { kind: 'label', label: known.name };
  if (version !== undefined && version <= prompt.latest_version) return { kind: 'version', version };
  return { kind: 'newest' };
}

function versionOf(prompt: PromptView, target: CodeTarget): number {
  if (target.kind === 'version') return target.version;
  if (target.kind === 'newest') return prompt.latest_version;
  return prompt.labels.find(({ name }) => name === target.label)?.version ?? prompt.latest_version;
}
