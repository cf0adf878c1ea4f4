import { ActionIcon, Loader, Select } from '@mantine/core';
import type { PromptDiff, PromptVersionView, PromptView } from '@pictor/sdk';
import { IconArrowRight, IconX } from '@tabler/icons-react';
import { ErrorNotice } from '../../common/error-notice.tsx';
import { Section } from '../editor/section.tsx';
import { useDiff } from '../use-prompts.ts';
import { pairLines } from './pair-lines.ts';
import classes from './version-diff.module.css';

/** Two versions to be compared. */
export type Pair = { readonly from: number; readonly to: number };

type VersionDiffProps = Pair & {
  readonly prompt: PromptView;
  readonly versions: readonly PromptVersionView[];
  readonly onChange: (pair: Pair) => void;
  readonly onClose: () => void;
};

/** Two versions: their words line by line, and every parameter that differs. */
export function VersionDiff({ prompt, versions, from, to, onChange, onClose }: VersionDiffProps) {
  const diff = useDiff(prompt.id, from, to);
  const options = versions.map(({ version }) => ({ value: String(version), label: `Version ${version}` }));
  return (
    <div className={classes.diff}>
      <Section
        title="What changed"
        aside={
          <div className={classes.choose}>
            <Select
              size="xs"
              w="8rem"
              aria-label="From version"
              allowDeselect={false}
              data={options}
              value={String(from)}
              onChange={(value) => onChange({ from: Number(value), to })}
            />
            <IconArrowRight size={16} stroke={1.6} aria-label="to" role="img" />
            <Select
              size="xs"
              w="8rem"
              aria-label="To version"
              allowDeselect={false}
              data={options}
              value={String(to)}
              onChange={(value) => onChange({ from, to: Number(value) })}
            />
            <ActionIcon variant="subtle" color="gray" aria-label="Close the comparison" onClick={onClose}>
              <IconX size={16} stroke={1.7} />
            </ActionIcon>
          </div>
        }
      >
        {diff.error !== null && <ErrorNotice title="They could not be compared" error={diff.error} />}
        {diff.isPending && <Loader size="sm" color="gray" aria-label="Comparing" />}
        {diff.data !== undefined && <Changes diff={diff.data} />}
      </Section>
    </div>
  );
}

function Changes({ diff }: { readonly diff: PromptDiff }) {
  const { text, members } = diff;
  const sameWords = text.every(({ kind }) => kind === 'same');
  if (sameWords && members.length === 0) {
    return <p className={classes.same}>These versions say the same.</p>;
  }
  return (
    <>
      {sameWords ? <p className={classes.same}>The words are the same.</p> : <Lines text={text} />}
      {members.length > 0 && (
        <table className={classes.members}>
          <caption className={classes.caption}>Model, parameters and everything else</caption>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Version {diff.from}</th>
              <th scope="col">Version {diff.to}</th>
            </tr>
          </thead>
          <tbody>
            {members.map(({ path, before, after }) => (
              <tr key={path}>
                <th scope="row">{path}</th>
                <td>{write(before)}</td>
                <td>{write(after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

/** Side by side where there is room; below each other where there is not. */
function Lines({ text }: { readonly text: PromptDiff['text'] }) {
  return (
    <section className={classes.lines} aria-label="Words">
      {pairLines(text).map(({ before, after }, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: a line has no identity but its place
          key={index}
          className={classes.pair}
          data-same={before === after}
        >
          <Line text={before} kind={before === after ? 'same' : 'removed'} />
          <Line text={after} kind={before === after ? 'same' : 'added'} />
        </div>
      ))}
    </section>
  );
}

const signs = { same: '', removed: '−', added: '+' } as const;
const words = { same: '', removed: 'Removed: ', added: 'Added: ' } as const;

type LineProps = { readonly text: string | null; readonly kind: keyof typeof signs };

function Line({ text, kind }: LineProps) {
  if (text === null) return <div className={classes.line} data-kind="none" />;
  return (
    <div className={classes.line} data-kind={kind}>
      <span className={classes.sign} aria-hidden>
        {signs[kind]}
      </span>
      <span className={classes.hidden}>{words[kind]}</span>
      {text === '' ? ' ' : text}
    </div>
  );
}

function write(value: unknown): string {
  if (value === null || value === undefined) return '—';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
