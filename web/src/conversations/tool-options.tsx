import { Button, Popover } from '@mantine/core';
import type { Model } from '@pictor/sdk';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { ParameterPanel } from '../playground/parameters/parameter-panel.tsx';
import type { Parameters } from '../playground/parameters/parameters.ts';
import { fitParameters } from '../playground/parameters/read-fields.ts';
import classes from './tool-options.module.css';

type ToolOptionsProps = {
  /** Whose parameters are offered. */
  readonly drawing: Model;
  readonly chosen: Parameters;
  readonly onChange: (chosen: Parameters) => void;
};

/** The leader says how many, and who asks is known by the key. */
const withoutNames = ['n', 'user', 'safety_identifier'] as const;

/** How the pictures of the turn are made: size, quality and what else the image model lets one choose. */
export function ToolOptions({ drawing, chosen, onChange }: ToolOptionsProps) {
  const count = Object.keys(fitParameters(drawing, chosen)).length;
  return (
    <Popover position="top-start" width="min(24rem, calc(100vw - 2.5rem))" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          className={classes.button ?? ''}
          aria-label={count === 0 ? 'Options' : `Options, ${count} chosen`}
        >
          <IconAdjustmentsHorizontal size={16} stroke={1.7} aria-hidden />
          <span className={classes.word}>{count === 0 ? 'Options' : `Options (${count})`}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.options ?? ''} aria-label={`Options of ${drawing.pictor.title}`}>
        <p className={classes.title}>Pictures by {drawing.pictor.title}</p>
        <ParameterPanel model={drawing} parameters={chosen} onChange={onChange} without={withoutNames} />
      </Popover.Dropdown>
    </Popover>
  );
}
