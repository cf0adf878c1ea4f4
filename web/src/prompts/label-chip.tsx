import type { PromptLabelView } from '@pictor/sdk';
import { IconArrowsSplit2, IconLock } from '@tabler/icons-react';
import classes from './label-chip.module.css';

type LabelChipProps = {
  readonly label: PromptLabelView;
  /** True: says which version it means. Default: true. */
  readonly withVersion?: boolean;
};

/** A label: its name, whether it is protected, whether it splits its traffic. */
export function LabelChip({ label, withVersion = true }: LabelChipProps) {
  const version = label.split === null ? `v${label.version}` : 'split';
  return (
    <span className={classes.chip} title={label.name}>
      {label.protected && <IconLock size={12} stroke={1.8} role="img" aria-label="protected" />}
      {label.split !== null && <IconArrowsSplit2 size={12} stroke={1.8} aria-hidden />}
      <span className={classes.name}>{label.name}</span>
      {withVersion && <span className={classes.version}>{version}</span>}
    </span>
  );
}
