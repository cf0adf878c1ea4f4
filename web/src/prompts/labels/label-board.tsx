import { Button, Menu } from '@mantine/core';
import type { PromptLabelView, PromptVersionView, PromptView } from '@pictor/sdk';
import { type DragEvent, useState } from 'react';
import { RelativeTime } from '../../common/relative-time.tsx';
import { LabelChip } from '../label-chip.tsx';
import { useVersions } from '../use-prompts.ts';
import classes from './label-board.module.css';

type LabelBoardProps = {
  readonly prompt: PromptView;
  readonly onMove: (label: PromptLabelView, version: number) => void;
  readonly onSplit: (label: PromptLabelView) => void;
  readonly onProtect: (label: PromptLabelView) => void;
  readonly onRemove: (label: PromptLabelView) => void;
};

const shownAtFirst = 12;
const dragType = 'application/x-pictor-label';

/** A line for each version, with the labels that mean it. */
export function LabelBoard(props: LabelBoardProps) {
  const { prompt, onMove } = props;
  const versions = useVersions(prompt.id).data ?? [];
  const [isWhole, setWhole] = useState(false);
  const [over, setOver] = useState<number | null>(null);
  const labelled = new Set(prompt.labels.map(({ version }) => version));
  const shown = versions.filter(
    (each, index) => isWhole || index < shownAtFirst || labelled.has(each.version),
  );
  const drop = (event: DragEvent, version: number): void => {
    event.preventDefault();
    setOver(null);
    const name = event.dataTransfer.getData(dragType);
    const label = prompt.labels.find((each) => each.name === name);
    if (label !== undefined) onMove(label, version);
  };
  return (
    <>
      <ol className={classes.board} aria-label="Versions and their labels">
        {shown.map((version) => (
          <li
            key={version.id}
            aria-label={`Version ${version.version}`}
            className={classes.line}
            data-over={over === version.version}
            onDragOver={(event) => {
              if (!event.dataTransfer.types.includes(dragType)) return;
              event.preventDefault();
              setOver(version.version);
            }}
            onDragLeave={() => setOver(null)}
            onDrop={(event) => drop(event, version.version)}
          >
            <Version version={version} />
            <span className={classes.labels}>
              {prompt.labels
                .filter((label) => label.version === version.version)
                .map((label) => (
                  <MovableLabel key={label.name} {...props} label={label} versions={versions} />
                ))}
            </span>
          </li>
        ))}
      </ol>
      {shown.length < versions.length && (
        <Button variant="default" size="xs" className={classes.all ?? ''} onClick={() => setWhole(true)}>
          Show all {versions.length} versions
        </Button>
      )}
    </>
  );
}

function Version({ version }: { readonly version: PromptVersionView }) {
  return (
    <span className={classes.version}>
      <strong>v{version.version}</strong>
      <span className={classes.message}>{version.commit_message || 'No message'}</span>
      <span className={classes.time}>
        <RelativeTime at={version.created_at} />
      </span>
    </span>
  );
}

type MovableLabelProps = LabelBoardProps & {
  readonly label: PromptLabelView;
  readonly versions: readonly PromptVersionView[];
};

const offered = 15;

/** A label that can be dragged; its menu does the same, and the rest. */
function MovableLabel(props: MovableLabelProps) {
  const { label, versions, onMove, onSplit, onProtect, onRemove } = props;
  return (
    <Menu position="bottom-start" withinPortal>
      <Menu.Target>
        <button
          type="button"
          draggable
          aria-label={`Label ${label.name}`}
          className={classes.label}
          onDragStart={(event) => {
            event.dataTransfer.setData(dragType, label.name);
            event.dataTransfer.effectAllowed = 'move';
          }}
        >
          <LabelChip label={label} withVersion={label.split !== null} />
        </button>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu ?? ''}>
        <Menu.Label>Move to</Menu.Label>
        {versions
          .filter(({ version }) => version !== label.version || label.split !== null)
          .slice(0, offered)
          .map(({ version, commit_message: message }) => (
            <Menu.Item key={version} onClick={() => onMove(label, version)}>
              Version {version}
              {message ? <span className={classes.hint}> {message.slice(0, 40)}</span> : null}
            </Menu.Item>
          ))}
        <Menu.Divider />
        <Menu.Item onClick={() => onSplit(label)}>
          {label.split === null ? 'Split its traffic…' : 'Change its split…'}
        </Menu.Item>
        <Menu.Item onClick={() => onProtect(label)}>
          {label.protected ? 'Stop protecting it' : 'Protect it'}
        </Menu.Item>
        <Menu.Item color="red" onClick={() => onRemove(label)}>
          Remove…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
