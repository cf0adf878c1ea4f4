import type { Session } from '@pictor/sdk';
import { lazy, Suspense, useState } from 'react';
import { ProjectButton } from './project-button.tsx';
import classes from './project-switch.module.css';

const ProjectMenu = lazy(async () => ({ default: (await import('./project-menu.tsx')).ProjectMenu }));

type ProjectSwitchProps = { readonly session: Session };

/** The project that everything on the screen is of; the root key may change it. The menu is loaded when it is wanted. */
export function ProjectSwitch({ session }: ProjectSwitchProps) {
  const [isWanted, setWanted] = useState(false);
  const { project } = session;
  if (project === null) return null;
  if (!session.scopes.includes('root')) return <span className={classes.name}>{project.name}</span>;
  if (!isWanted)
    return <ProjectButton name={project.name} aria-haspopup="menu" onClick={() => setWanted(true)} />;
  return (
    <Suspense fallback={<ProjectButton name={project.name} loading />}>
      <ProjectMenu id={project.id} name={project.name} />
    </Suspense>
  );
}
