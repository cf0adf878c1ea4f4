import { Button, Text } from '@mantine/core';
import type { NewWebhook, Webhook } from '@pictor/sdk';
import { IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { ConfirmDialog } from '../common/confirm-dialog.tsx';
import { EmptyState } from '../common/empty-state.tsx';
import { Loaded } from '../common/loaded.tsx';
import { usePictor } from '../common/pictor-context.ts';
import { useActiveProject } from '../session/use-active-project.ts';
import { CannotChange } from './budgets-section.tsx';
import { MakeWebhookDialog } from './make-webhook-dialog.tsx';
import { SecretDialog } from './secret-dialog.tsx';
import { SettingsRows, SettingsSection } from './settings-section.tsx';
import { WebhookRow } from './webhook-row.tsx';

/** Addresses that are told how requests of the active project end. */
export function WebhooksSection() {
  const pictor = usePictor();
  const project = useActiveProject();
  const navigate = useNavigate({ from: '/settings/$section' });
  const { make, webhook: open } = useSearch({ from: '/settings/$section' });
  const [made, setMade] = useState<NewWebhook | null>(null);
  const [leaving, setLeaving] = useState<Webhook | null>(null);
  const webhooks = useQuery({
    queryKey: ['webhooks'],
    queryFn: ({ signal }) => pictor.webhooks.list({ signal }),
  });
  const setMake = (isOpen: boolean): void =>
    void navigate({ search: (search) => ({ ...search, make: isOpen ? true : undefined }), replace: true });
  return (
    <SettingsSection
      title="Webhooks"
      description="Pictor posts a signed message to these addresses whenever a request of this project ends, and tries again until it is taken."
      actions={
        project.mayManage && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMake(true)}>
            New webhook
          </Button>
        )
      }
    >
      {!project.mayManage && <CannotChange />}
      <Loaded query={webhooks} what="The webhooks">
        {({ data }) =>
          data.length === 0 ? (
            <EmptyState title="No webhooks yet">
              Register an https address of yours. The messages follow Standard Webhooks, so that libraries for
              most languages can check them.
            </EmptyState>
          ) : (
            <SettingsRows label="Webhooks">
              {data.map((webhook) => (
                <WebhookRow
                  key={webhook.id}
                  webhook={webhook}
                  isOpen={webhook.id === open}
                  mayManage={project.mayManage}
                  onToggle={(isOpen) =>
                    void navigate({
                      search: (search) => ({ ...search, webhook: isOpen ? webhook.id : undefined }),
                    })
                  }
                  onDelete={() => setLeaving(webhook)}
                />
              ))}
            </SettingsRows>
          )
        }
      </Loaded>
      {make === true && project.mayManage && (
        <MakeWebhookDialog onMade={setMade} onClose={() => setMake(false)} />
      )}
      {made !== null && (
        <SecretDialog
          title="The webhook’s secret"
          label="Secret"
          value={made.secret}
          onClose={() => setMade(null)}
        >
          It signs every message to {made.url}. Copy it now into the receiver: no other answer shows it. To
          change it, register the address again and delete this webhook.
        </SecretDialog>
      )}
      {leaving !== null && <DeleteWebhookDialog webhook={leaving} onClose={() => setLeaving(null)} />}
    </SettingsSection>
  );
}

type DeleteWebhookDialogProps = { readonly webhook: Webhook; readonly onClose: () => void };

function DeleteWebhookDialog({ webhook, onClose }: DeleteWebhookDialogProps) {
  const pictor = usePictor();
  const queryClient = useQueryClient();
  const remove = async (): Promise<void> => {
    await pictor.webhooks.remove(webhook.id);
    await queryClient.invalidateQueries({ queryKey: ['webhooks'] });
  };
  return (
    <ConfirmDialog title="Delete the webhook?" act="Delete the webhook" onConfirm={remove} onClose={onClose}>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {webhook.url} is told nothing more. What still waits to be delivered to it is dropped, and its log of
        attempts goes.
      </Text>
    </ConfirmDialog>
  );
}
