import { Button } from '@mantine/core';
import type { RateLimit } from '@pictor/sdk';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { EmptyState } from '../common/empty-state.tsx';
import { Loaded } from '../common/loaded.tsx';
import { usePictor } from '../common/pictor-context.ts';
import { useActiveProject } from '../session/use-active-project.ts';
import { useKeyNames } from '../session/use-key-names.ts';
import { CannotChange } from './budgets-section.tsx';
import { countOf } from './count-of.ts';
import { DeleteLimitDialog, LimitDialog } from './limit-dialog.tsx';
import { SettingsRow, SettingsRows, SettingsSection } from './settings-section.tsx';

type Doing = { readonly act: 'change' | 'delete'; readonly limit: RateLimit };

/** Rate limits of the active project and of its keys. */
export function LimitsSection() {
  const pictor = usePictor();
  const project = useActiveProject();
  const names = useKeyNames();
  const navigate = useNavigate({ from: '/settings/$section' });
  const { make } = useSearch({ from: '/settings/$section' });
  const [doing, setDoing] = useState<Doing | null>(null);
  const limits = useQuery({
    queryKey: ['limits'],
    queryFn: ({ signal }) => pictor.limits.list({ signal }),
  });
  const setMake = (open: boolean): void =>
    void navigate({ search: (search) => ({ ...search, make: open ? true : undefined }), replace: true });
  return (
    <SettingsSection
      title="Rate limits"
      description="How many requests, images or tokens there may be within any 60 seconds. What comes on top is refused with the time to wait, before a provider is called."
      actions={
        project.mayManage && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMake(true)}>
            New limit
          </Button>
        )
      }
    >
      {!project.mayManage && <CannotChange />}
      <Loaded query={limits} what="The limits">
        {({ data }) =>
          data.length === 0 ? (
            <EmptyState title="No rate limits yet">
              Every key may call as often as it likes, as far as its provider allows.
            </EmptyState>
          ) : (
            <SettingsRows label="Rate limits">
              {data.map((limit) => (
                <SettingsRow
                  key={limit.id}
                  title={`${limit.per_minute.toLocaleString('en')} ${limit.metric} a minute`}
                  actions={
                    project.mayManage && (
                      <>
                        <Button
                          size="xs"
                          variant="default"
                          onClick={() => setDoing({ act: 'change', limit })}
                        >
                          Change
                        </Button>
                        <Button
                          size="xs"
                          variant="default"
                          c="var(--bad-ink)"
                          onClick={() => setDoing({ act: 'delete', limit })}
                        >
                          Delete
                        </Button>
                      </>
                    )
                  }
                >
                  {limit.key_id === null
                    ? 'For the whole project'
                    : `For the key “${names.get(limit.key_id) ?? limit.key_id}”`}{' '}
                  · room for {countOf(limit.remaining, limit.metric.slice(0, -1))} now
                </SettingsRow>
              ))}
            </SettingsRows>
          )
        }
      </Loaded>
      {make === true && project.mayManage && <LimitDialog onClose={() => setMake(false)} />}
      {doing?.act === 'change' && <LimitDialog limit={doing.limit} onClose={() => setDoing(null)} />}
      {doing?.act === 'delete' && <DeleteLimitDialog limit={doing.limit} onClose={() => setDoing(null)} />}
    </SettingsSection>
  );
}
