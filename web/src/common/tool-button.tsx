import { ActionIcon, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './tool-button.module.css';

type ToolButtonProps = {
  readonly label: string;
  /** A key that does the same, shown with the label. */
  readonly hint?: string | undefined;
  readonly onClick: () => void;
  /** Of what can be on and off. */
  readonly isPressed?: boolean | undefined;
  /** It can do nothing now. It keeps the focus all the same. */
  readonly isOff?: boolean | undefined;
  /** Has the focus when the dialog around it opens. */
  readonly isFirst?: boolean | undefined;
  /** An icon. */
  readonly children: ReactNode;
};

/** A button of a toolbar: an icon with its name on hover. */
export function ToolButton(props: ToolButtonProps) {
  const { label, hint, onClick, isPressed, isOff = false, isFirst, children } = props;
  return (
    <Tooltip label={hint === undefined ? label : `${label} (${hint})`} openDelay={400}>
      <ActionIcon
        variant={isPressed === true ? 'light' : 'subtle'}
        color={isPressed === true ? 'ultramarine' : 'gray'}
        size="lg"
        aria-label={label}
        aria-pressed={isPressed}
        aria-disabled={isOff}
        className={classes.tool ?? ''}
        data-autofocus={isFirst}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
