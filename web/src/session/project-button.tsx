import { Button, type ButtonProps } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import type { ComponentProps } from 'react';
import classes from './project-switch.module.css';

type ProjectButtonProps = ButtonProps & ComponentProps<'button'> & { readonly name: string };

/** The name of the project, and that it can be changed. */
export function ProjectButton({ name, ...props }: ProjectButtonProps) {
  return (
    <Button
      {...props}
      variant="subtle"
      color="gray"
      size="compact-md"
      className={classes.button}
      aria-label={`Project: ${name}. Change it`}
      rightSection={<IconChevronDown size={14} aria-hidden />}
    >
      {name}
    </Button>
  );
}
