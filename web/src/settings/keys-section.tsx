import { Button } from '@mantine/core';
import type { NewProjectKey, ProjectKey } from '@pictor/sdk';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { EmptyState } from '../common/empty-state.tsx';
import { Loaded } from '../common/loaded.tsx';
import { usePictor } from '../common/pictor-context.ts';
import { RelativeTime } from '../common/relative-time.tsx';
import { ToneBadge } from '../common/tone-badge.tsx';
import { useActiveProject } from '../session/use-active-project.ts';
import { MakeKeyDialog } from './make-key-dialog.tsx';
import { RevokeKeyDialog, RollKeyDialog } from './roll-key-dialog.tsx';
import { SecretDialog } from './secret-dialog.tsx';
import { Closed, SettingsRow, SettingsRows, SettingsSection } from './settings-section.tsx';

type Doing = { readonly act: 'roll' | 'revoke'; readonly target: ProjectKey };

/** The keys of the active project. */
export function KeysSection() {
  const pictor = usePictor();
  const project = useActiveProject();
  const navigate = useNavigate({ from: '/settings/$section' });
  const { make } = useSearch({ from: '/settings/$section' });
  const [doing, setDoing] = useState<Doing | null>(null);
  const [made, setMade] = useState<NewProjectKey | null>(null);
  const keys = useQuery({
    queryKey: ['keys', project.id],
    queryFn: ({ signal }) => pictor.projects.keys.list(project.id, { signal }),
    enabled: project.mayManage,
  });
  const setMake = (open: boolean): void =>
    void navigate({ search: (search) => ({ ...search, make: open ? true : undefined }), replace: true });
  const close = (): void => setDoing(null);
  return (
    <SettingsSection
      title="API keys"
      description={
        <>
          Keys of the project “<bdi>{project.name}</bdi>”. Give every application its own, so that it can be
          limited, counted and taken back by itself.
        </>
      }
      actions={
        project.mayManage && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMake(true)}>
            New key
          </Button>
        )
      }
    >
      {project.mayManage ? (
        <Loaded query={keys} what="The keys">
          {({ data }) =>
            data.length === 0 ? (
              <EmptyState title="No keys yet">
                Make one for the first application that will call Pictor. It is shown once, when it is made.
              </EmptyState>
            ) : (
              <SettingsRows label="Keys">
                {data.map((key) => (
                  <KeyRow key={key.id} entry={key} onDo={(act) => setDoing({ act, target: key })} />
                ))}
              </SettingsRows>
            )
          }
        </Loaded>
      ) : (
        <Closed>
          The key that you signed in with does not have the scope <code>manage</code>, so it cannot see or
          make keys.
        </Closed>
      )}
      {make === true && project.mayManage && (
        <MakeKeyDialog projectId={project.id} onMade={setMade} onClose={() => setMake(false)} />
      )}
      {doing?.act === 'roll' && <RollKeyDialog entry={doing.target} onMade={setMade} onClose={close} />}
      {doing?.act === 'revoke' && <RevokeKeyDialog entry={doing.target} onClose={close} />}
      {made !== null && (
        <SecretDialog
          title="Your new key"
          label={`Key “${made.name}”`}
          value={made.key}
          onClose={() => setMade(null)}
        >
          Copy it now: it is stored as a hash, and nobody can show it again. A key that is lost can be rolled.
        </SecretDialog>
      )}
    </SettingsSection>
  );
}

type KeyRowProps = { readonly entry: ProjectKey; readonly onDo: (act: Doing['act']) => void };

function KeyRow({ entry, onDo }: KeyRowProps) {
  const { name, hint, status, scopes, allowed_models: models } = entry;
  return (
    <SettingsRow
      title={name}
      badges={
        <>
          <code>{hint}</code>
          {status !== 'active' && (
            <ToneBadge tone={status === 'revoked' ? 'bad' : 'warn'}>{status}</ToneBadge>
          )}
        </>
      }
      actions={
        status === 'active' && (
          <>
            <Button size="xs" variant="default" aria-label={`Roll ${name}`} onClick={() => onDo('roll')}>
              Roll
            </Button>
            <Button
              size="xs"
              variant="default"
              c="var(--bad-ink)"
              aria-label={`Revoke ${name}`}
              onClick={() => onDo('revoke')}
            >
              Revoke
            </Button>
          </>
        )
      }
    >
      May {scopes.join(', ')} · {models === null ? 'every model' : `only ${models.join(', ')}`}
      <br />
      {entry.last_used_at === null ? (
        'Never used'
      ) : (
        <>
          Last used <RelativeTime at={entry.last_used_at} />
        </>
      )}{' '}
      · made <RelativeTime at={entry.created_at} />
      <Ending entry={entry} />
    </SettingsRow>
  );
}

function Ending({ entry }: { readonly entry: ProjectKey }) {
  const { revoked_at: revoked, expires_at: expires, previous_expires_at: previous } = entry;
  return (
    <>
      {revoked !== null && (
        <>
          {' '}
          · revoked <RelativeTime at={revoked} />
        </>
      )}
      {revoked === null && expires !== null && <> · ends {toDay(expires)}</>}
      {previous !== null && <> · its old secret works until {new Date(previous * 1000).toLocaleString()}</>}
    </>
  );
}

function toDay(seconds: number): string {
  return new Date(seconds * 1000).toLocaleDateString('en', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
}
