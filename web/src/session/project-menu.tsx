import { Menu } from '@mantine/core';
import { IconCheck, IconSettings } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { usePictor } from '../common/pictor-context.ts';
import { ProjectButton } from './project-button.tsx';
import classes from './project-switch.module.css';
import { useChooseProject } from './use-choose-project.ts';

type ProjectMenuProps = { readonly id: string; readonly name: string };

/** The projects to choose from. It is open at first: whoever pressed the button waited for it. */
export function ProjectMenu({ id, name }: ProjectMenuProps) {
  const pictor = usePictor();
  const [isOpen, setOpen] = useState(true);
  const choose = useChooseProject();
  const projects = useQuery({
    queryKey: ['projects'],
    queryFn: ({ signal }) => pictor.projects.list({ signal }),
    enabled: isOpen,
  });
  return (
    <Menu opened={isOpen} onChange={setOpen} position="bottom-start" width={260}>
      <Menu.Target>
        <ProjectButton name={name} loading={choose.isPending} />
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
