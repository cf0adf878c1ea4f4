import { TextInput } from '@mantine/core';
import type { LabelSplit, PromptLabelView, PromptView } from '@pictor/sdk';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { usePictor } from '../../common/pictor-context.ts';
import classes from './split-dialog.module.css';
import { type Share, sharesFor } from './split-rules.ts';

type SplitPreviewProps = {
  readonly prompt: PromptView;
  readonly label: PromptLabelView;
  readonly split: LabelSplit;
};

/** Which version a request with certain metadata gets. */
export function SplitPreview({ prompt, label, split }: SplitPreviewProps) {
  const [text, setText] = useState('');
  const metadata = readMetadata(text);
  const shares = sharesFor(split, metadata).filter(({ percent }) => percent > 0);
  const [only] = shares.length === 1 ? shares : [];
  const isSaved = JSON.stringify(split) === JSON.stringify(label.split);
  const sticky = split.sticky_by === undefined ? undefined : metadata[split.sticky_by];
  const drawn = useDraw(
    prompt.id,
    label.name,
    metadata,
    isSaved && only === undefined && sticky !== undefined,
  );
  return (
    <section aria-label="Preview" className={classes.preview}>
      <TextInput
        label="Who gets what?"
        description="Metadata of a request: plan=free, user=ann"
        placeholder="plan=free, user=ann"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <p role="status" className={classes.words}>
        {only !== undefined
          ? `Such a request always gets version ${only.version}.`
          : drawn.data !== undefined
            ? `Such a request always gets version ${drawn.data}.`
            : `Such a request gets ${describe(shares)}${stickyWords(split, sticky, isSaved)}.`}
      </p>
    </section>
  );
}

/** What the saved label means for a request whose value is sticky: the server knows. */
function useDraw(promptId: string, label: string, metadata: Readonly<Record<string, string>>, isOn: boolean) {
  const pictor = usePictor();
  return useQuery({
    queryKey: ['label-draw', promptId, label, metadata],
    queryFn: async ({ signal }) =>
      (await pictor.prompts.render(promptId, { label, metadata: { ...metadata } }, { signal })).version,
    enabled: isOn,
  });
}

function describe(shares: readonly Share[]): string {
  return shares.map(({ version, percent }) => `version ${version} in ${percent} %`).join(', ');
}

function stickyWords(split: LabelSplit, sticky: string | undefined, isSaved: boolean): string {
  if (split.sticky_by === undefined) return ' of its calls';
  if (sticky === undefined) return `; without ${split.sticky_by} each call is dealt anew`;
  return isSaved ? '' : `; ${sticky} always the same, which one shows once the split is saved`;
}

/** `plan=free, user=ann` as an object; what has no value is left out. */
function readMetadata(text: string): Readonly<Record<string, string>> {
  const pairs = text.split(',').map((pair) => pair.split('=').map((part) => part.trim()));
  return Object.fromEntries(pairs.flatMap(([key = '', value = '']) => (key && value ? [[key, value]] : [])));
}
