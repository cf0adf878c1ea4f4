import { Button, Group, NumberInput, Text } from '@mantine/core';
import type { Project, Retention, RetentionReport } from '@pictor/sdk';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmDialog } from '../common/confirm-dialog.tsx';
import { ErrorNotice } from '../common/error-notice.tsx';
import { formatBytes } from '../common/format-values.ts';
import { Loaded } from '../common/loaded.tsx';
import { usePictor } from '../common/pictor-context.ts';
import { useActiveProject } from '../session/use-active-project.ts';
import { countOf } from './count-of.ts';
import classes from './retention-section.module.css';
import { Closed, SettingsSection } from './settings-section.tsx';

/** How long the active project keeps things. */
export function RetentionSection() {
  const pictor = usePictor();
  const active = useActiveProject();
  const project = useQuery({
    queryKey: ['projects', active.id],
    queryFn: ({ signal }) => pictor.projects.get(active.id, { signal }),
    enabled: active.isRoot,
  });
  return (
    <SettingsSection
      title="Retention"
      description={
        <>
          What the project “<bdi>{active.name}</bdi>” keeps, and for how long. Without a rule everything
          stays. The rule runs at every full hour; a dry run shows what it would take.
        </>
      }
    >
      {active.isRoot ? (
        <Loaded query={project} what="The rule" height={220}>
          {(loaded) => <RuleForm key={loaded.id} project={loaded} />}
        </Loaded>
      ) : (
        <Closed>Only the root key changes how long a project keeps its things.</Closed>
      )}
    </SettingsSection>
  );
}

const rules = [
  { name: 'images_days', label: 'Images', about: 'Their requests stay, with their cost' },
  {
    name: 'requests_days',
    label: 'Requests',
    about: 'With their images; what they cost stays in the ledger',
  },
  { name: 'files_days', label: 'Uploaded files', about: 'Inputs that requests referred to' },
] as const;

function RuleForm({ project }: { readonly project: Project }) {
  const pictor = usePictor();
  const queryClient = useQueryClient();
  const [rule, setRule] = useState<Retention>(project.retention);
  const [isRunning, setRunning] = useState(false);
  const preview = useMutation({ mutationFn: () => pictor.projects.previewRetention(project.id, rule) });
  const save = useMutation({
    mutationFn: () => pictor.projects.update(project.id, { retention: rule }),
    onSuccess: (saved) => {
      preview.reset();
      queryClient.setQueryData(['projects', project.id], saved);
    },
  });
  const change = (changed: Partial<Retention>): void => {
    preview.reset();
    save.reset();
    setRule({ ...rule, ...changed });
  };
  const isChanged = rules.some(({ name }) => rule[name] !== project.retention[name]);
  return (
    <>
      <div className={classes.fields}>
        {rules.map(({ name, label, about }) => (
          <NumberInput
            key={name}
            label={`${label}, days`}
            description={about}
            placeholder="For ever"
            allowDecimal={false}
            min={1}
            max={36_500}
            value={rule[name] ?? ''}
            onChange={(value) => change({ [name]: value === '' ? null : Number(value) })}
          />
        ))}
      </div>
      <Group>
        <Button variant="default" loading={preview.isPending} onClick={() => preview.mutate()}>
          Dry run
        </Button>
        <Button disabled={!isChanged} loading={save.isPending} onClick={() => save.mutate()}>
          Save the rule
        </Button>
        <Button variant="default" c="var(--bad-ink)" disabled={isChanged} onClick={() => setRunning(true)}>
          Run it now
        </Button>
      </Group>
      <div aria-live="polite">
        {preview.data !== undefined && (
          <p className={classes.report}>Now it would take {toWords(preview.data)}. Nothing was touched.</p>
        )}
        {save.isSuccess && !isChanged && <p className={classes.report}>The rule is saved.</p>}
      </div>
      {(preview.error ?? save.error) !== null && (
        <ErrorNotice title="That did not work" error={preview.error ?? save.error ?? new Error()} />
      )}
      {isRunning && <RunDialog projectId={project.id} onClose={() => setRunning(false)} />}
    </>
  );
}

function RunDialog({ projectId, onClose }: { readonly projectId: string; readonly onClose: () => void }) {
  const pictor = usePictor();
  const queryClient = useQueryClient();
  const preview = useQuery({
    queryKey: ['projects', projectId, 'retention-preview'],
    queryFn: ({ signal }) => pictor.projects.previewRetention(projectId, {}, { signal }),
    staleTime: 0,
  });
  const run = async (): Promise<void> => {
    await pictor.projects.runRetention(projectId);
    await queryClient.invalidateQueries();
  };
  return (
    <ConfirmDialog title="Run the rule now?" act="Take it away" onConfirm={run} onClose={onClose}>
      <Loaded query={preview} what="What would go" height={48}>
        {(report) => <Text size="sm">The rule takes {toWords(report)}. This cannot be undone.</Text>}
      </Loaded>
    </ConfirmDialog>
  );
}

function toWords({ requests, images, files, freed_bytes: freed }: RetentionReport): string {
  return `${countOf(requests.count, 'request')}, ${countOf(images.count, 'image')} and ${countOf(files.count, 'file')}; the disk gets ${formatBytes(freed)} back`;
}
