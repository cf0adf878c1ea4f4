import { Button, TextInput } from '@mantine/core';
import type { Project } from '@pictor/sdk';
import { IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { CopyIcon } from '../common/copy-field.tsx';
import { FormDialog } from '../common/form-dialog.tsx';
import { Loaded } from '../common/loaded.tsx';
import { usePictor } from '../common/pictor-context.ts';
import { RelativeTime } from '../common/relative-time.tsx';
import { ToneBadge } from '../common/tone-badge.tsx';
import { useActiveProject } from '../session/use-active-project.ts';
import { useChooseProject } from '../session/use-choose-project.ts';
import { sessionKey } from '../session/use-session.ts';
import { DeleteProjectDialog } from './delete-project-dialog.tsx';
import { Closed, SettingsRow, SettingsRows, SettingsSection } from './settings-section.tsx';

const firstProject = 'proj_default';

type Doing = { readonly act: 'make' } | { readonly act: 'rename' | 'delete'; readonly project: Project };

/** All projects, for the root key. */
export function ProjectsSection() {
  const pictor = usePictor();
  const active = useActiveProject();
  const choose = useChooseProject();
  const [doing, setDoing] = useState<Doing | null>(null);
  const projects = useQuery({
    queryKey: ['projects'],
    queryFn: ({ signal }) => pictor.projects.list({ signal }),
    enabled: active.isRoot,
  });
  const close = (): void => setDoing(null);
  return (
    <SettingsSection
      title="Projects"
      description="A project has its own images, requests, prompts, budgets, webhooks and keys. Nobody with a key of another project sees any of it."
      actions={
        active.isRoot && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setDoing({ act: 'make' })}>
            New project
          </Button>
        )
      }
    >
      {active.isRoot ? (
        <Loaded query={projects} what="The projects">
          {({ data }) => (
            <SettingsRows label="Projects">
              {data.map((project) => (
                <ProjectRow
                  key={project.id}
                  project={project}
                  isActive={project.id === active.id}
                  onUse={() => choose.mutate(project.id)}
                  onDo={(act) => setDoing({ act, project })}
                />
              ))}
            </SettingsRows>
          )}
        </Loaded>
      ) : (
        <Closed>
          You are signed in with a key of the project “<bdi>{active.name}</bdi>”. Only the root key, which
          Pictor printed on its first start, makes, renames and deletes projects.
        </Closed>
      )}
      {doing?.act === 'make' && <NameDialog onClose={close} />}
      {doing?.act === 'rename' && <NameDialog project={doing.project} onClose={close} />}
      {doing?.act === 'delete' && (
        <DeleteProjectDialog
          project={doing.project}
          isActive={doing.project.id === active.id}
          fallback={firstProject}
          onClose={close}
        />
      )}
    </SettingsSection>
  );
}

type ProjectRowProps = {
  readonly project: Project;
  readonly isActive: boolean;
  readonly onUse: () => void;
  readonly onDo: (act: 'rename' | 'delete') => void;
};

function ProjectRow({ project, isActive, onUse, onDo }: ProjectRowProps) {
  const { id, name } = project;
  return (
    <SettingsRow
      title={name}
      badges={isActive && <ToneBadge tone="accent">in use</ToneBadge>}
      actions={
        <>
          {!isActive && (
            <Button size="xs" variant="default" aria-label={`Use ${name}`} onClick={onUse}>
              Use
            </Button>
          )}
          <Button size="xs" variant="default" aria-label={`Rename ${name}`} onClick={() => onDo('rename')}>
            Rename
          </Button>
          {id !== firstProject && (
            <Button
              size="xs"
              variant="default"
              c="var(--bad-ink)"
              aria-label={`Delete ${name}`}
              onClick={() => onDo('delete')}
            >
              Delete
            </Button>
          )}
        </>
      }
    >
      <code>{id}</code> <CopyIcon value={id} what={`Id of ${name}`} /> · made{' '}
      <RelativeTime at={project.created_at} />
      {id === firstProject && ' · the first project, which stays'}
    </SettingsRow>
  );
}

type NameDialogProps = {
  /** Absent: a new one is made. */
  readonly project?: Project;
  readonly onClose: () => void;
};

function NameDialog({ project, onClose }: NameDialogProps) {
  const pictor = usePictor();
  const queryClient = useQueryClient();
  const [name, setName] = useState(project?.name ?? '');
  const save = async (): Promise<void> => {
    if (project === undefined) await pictor.projects.create({ name });
    else await pictor.projects.update(project.id, { name });
    await queryClient.invalidateQueries({ queryKey: ['projects'] });
    await queryClient.invalidateQueries({ queryKey: sessionKey });
  };
  return (
    <FormDialog
      title={project === undefined ? 'New project' : 'Rename the project'}
      act={project === undefined ? 'Make the project' : 'Rename'}
      isReady={name.trim() !== ''}
      onSubmit={save}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        data-autofocus
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
