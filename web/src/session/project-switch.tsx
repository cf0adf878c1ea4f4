import { Button, Menu } from '@mantine/core';
import type { Session } from '@pictor/sdk';
import { IconCheck, IconChevronDown, IconSettings } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { usePictor } from '../common/pictor-context.ts';
import classes from './project-switch.module.css';
import { useChooseProject } from './use-choose-project.ts';

type ProjectSwitchProps = { readonly session: Session };

/** The project that everything on the screen is of; the root key may change it. */
export function ProjectSwitch({ session }: ProjectSwitchProps) {
  if (session.project === null) return null;
  if (!session.scopes.includes('root')) return <span className={classes.name}>{session.project.name}</span>;
  return <ProjectMenu id={session.project.id} name={session.project.name} />;
}

function ProjectMenu({ id, name }: { readonly id: string; readonly name: string }) {
  const pictor = usePictor();
  const [isOpen, setOpen] = useState(false);
  const choose = useChooseProject();
  const projects = useQuery({
    queryKey: ['projects'],
    queryFn: ({ signal }) => pictor.projects.list({ signal }),
    enabled: isOpen,
  });
  return (
    <Menu opened={isOpen} onChange={setOpen} position="bottom-start" width={260}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-md"
          className={classes.button}
          aria-label={`Project: ${name}. Change it`}
          loading={choose.isPending}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          {name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.list}>
        <Menu.Label>Project</Menu.Label>
        {projects.data?.data.map((project) => (
          <Menu.Item
            key={project.id}
            className={classes.item}
            rightSection={project.id === id && <IconCheck size={16} aria-label="chosen" />}
            onClick={() => choose.mutate(project.id)}
          >
            {project.name}
          </Menu.Item>
        ))}
        {projects.error !== null && <Menu.Item disabled>{projects.error.message}</Menu.Item>}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconSettings size={16} aria-hidden />}
          renderRoot={(props) => <Link {...props} to="/settings/$section" params={{ section: 'projects' }} />}
        >
          Manage projects
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
