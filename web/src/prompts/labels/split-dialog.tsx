import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import type { LabelSplit, PromptLabelView, PromptView } from '@pictor/sdk';
import { IconPlus } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../../common/error-notice.tsx';
import { usePictor } from '../../common/pictor-context.ts';
import { useChange } from '../use-prompts.ts';
import { SegmentFields } from './segment-fields.tsx';
import { ShareFields } from './share-fields.tsx';
import classes from './split-dialog.module.css';
import { SplitPreview } from './split-preview.tsx';
import { sumOf } from './split-rules.ts';

type SplitDialogProps = {
  readonly prompt: PromptView;
  readonly label: PromptLabelView;
  readonly onClose: () => void;
};

/** Deals the traffic of a label out to several versions, by percentages and by what requests say of themselves. */
export function SplitDialog({ prompt, label, onClose }: SplitDialogProps) {
  const pictor = usePictor();
  const [split, setSplit] = useState<LabelSplit>(() => label.split ?? firstSplit(prompt, label));
  const save = useChange((next: LabelSplit | null) =>
    pictor.prompts.setLabel(prompt.id, label.name, {
      version: label.version,
      ...(next === null ? {} : { split: next }),
      confirm: true,
    }),
  );
  const isWhole = [split.shares, ...split.segments.map(({ shares }) => shares)].every(
    (shares) => sumOf(shares) === 100,
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate(split, { onSuccess: onClose });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Split the traffic of ${label.name}`}
      size="xl"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form onSubmit={submit} aria-label="Split">
        <Stack gap="lg">
          <ShareFields
            name="Everybody"
            latest={prompt.latest_version}
            shares={split.shares}
            onChange={(shares) => setSplit({ ...split, shares })}
          />
          {split.segments.map((segment, index) => (
            <SegmentFields
              // biome-ignore lint/suspicious/noArrayIndexKey: the first that fits counts, so the place is what it is
              key={index}
              name={`Group ${index + 1}`}
              latest={prompt.latest_version}
              segment={segment}
              onChange={(next) =>
                setSplit({
                  ...split,
                  segments: split.segments.map((each, at) => (at === index ? next : each)),
                })
              }
              onRemove={() =>
                setSplit({ ...split, segments: split.segments.filter((_, at) => at !== index) })
              }
            />
          ))}
          <Button
            variant="default"
            size="xs"
            className={classes.add ?? ''}
            leftSection={<IconPlus size={14} stroke={1.8} aria-hidden />}
            onClick={() => setSplit({ ...split, segments: [...split.segments, firstSegment(label)] })}
          >
            Other shares for some requests
          </Button>
          <TextInput
            label="Sticky by"
            description="A metadata key, such as user: requests with the same value always get the same version."
            placeholder="nothing: every request is dealt anew"
            value={split.sticky_by ?? ''}
            onChange={(event) => setSplit(withSticky(split, event.currentTarget.value))}
          />
          <SplitPreview prompt={prompt} label={label} split={split} />
          {save.error !== null && <ErrorNotice title="The split was not saved" error={save.error} />}
          <Group justify="flex-end">
            {label.split !== null && (
              <Button variant="subtle" color="gray" onClick={() => save.mutate(null, { onSuccess: onClose })}>
                End the split: all to version {label.version}
              </Button>
            )}
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={save.isPending} disabled={!isWhole}>
              Save split
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function firstSplit(prompt: PromptView, label: PromptLabelView): LabelSplit {
  const other =
    label.version === prompt.latest_version ? Math.max(1, label.version - 1) : prompt.latest_version;
  const all = [{ version: label.version, percent: 100 }];
  if (other === label.version) return { shares: all, segments: [] };
  return {
    shares: [
      { version: label.version, percent: 90 },
      { version: other, percent: 10 },
    ],
    segments: [],
  };
}

function firstSegment(label: PromptLabelView): LabelSplit['segments'][number] {
  return { metadata: { plan: ['free'] }, shares: [{ version: label.version, percent: 100 }] };
}

function withSticky({ sticky_by: _before, ...split }: LabelSplit, key: string): LabelSplit {
  return key === '' ? split : { ...split, sticky_by: key };
}
