import { Button } from '@mantine/core';
import type { Webhook } from '@pictor/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ErrorNotice } from '../common/error-notice.tsx';
import { formatDuration } from '../common/format-values.ts';
import { usePictor } from '../common/pictor-context.ts';
import { RelativeTime } from '../common/relative-time.tsx';
import { SettingsRow } from './settings-section.tsx';
import { WebhookAttempts } from './webhook-attempts.tsx';
import classes from './webhook-row.module.css';

type WebhookRowProps = {
  readonly webhook: Webhook;
  /** True: its attempts are shown. */
  readonly isOpen: boolean;
  readonly mayManage: boolean;
  readonly onToggle: (isOpen: boolean) => void;
  readonly onDelete: () => void;
};

/** One address: try it, see what was sent, let it go. */
export function WebhookRow({ webhook, isOpen, mayManage, onToggle, onDelete }: WebhookRowProps) {
  const pictor = usePictor();
  const queryClient = useQueryClient();
  const test = useMutation({
    mutationFn: () => pictor.webhooks.test(webhook.id),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['webhooks', webhook.id] }),
  });
  return (
    <SettingsRow
      title={webhook.url}
      actions={
        <>
          <Button
            size="xs"
            variant="default"
            aria-expanded={isOpen}
            aria-label={`Attempts of ${webhook.url}`}
            onClick={() => onToggle(!isOpen)}
          >
            Attempts
          </Button>
          {mayManage && (
            <>
              <Button
                size="xs"
                variant="default"
                loading={test.isPending}
                aria-label={`Send a test to ${webhook.url}`}
                onClick={() => test.mutate()}
              >
                Send a test
              </Button>
              <Button
                size="xs"
                variant="default"
                c="var(--bad-ink)"
                aria-label={`Delete ${webhook.url}`}
                onClick={onDelete}
              >
                Delete
              </Button>
            </>
          )}
        </>
      }
    >
      {webhook.events.join(', ')} · made <RelativeTime at={webhook.created_at} />
      {test.data !== undefined && (
        <p role="status" className={test.data.delivered ? classes.good : classes.bad}>
          {test.data.delivered
            ? `The test was taken with ${test.data.status_code} in ${formatDuration(test.data.duration_ms)}.`
            : `The test was not taken: ${test.data.error}`}
        </p>
      )}
      {test.error !== null && <ErrorNotice title="The test could not be sent" error={test.error} />}
      {isOpen && <WebhookAttempts webhookId={webhook.id} mayManage={mayManage} />}
    </SettingsRow>
  );
}
