import { Checkbox, Stack, TextInput } from '@mantine/core';
import type { NewWebhook, WebhookEvent } from '@pictor/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { FormDialog } from '../common/form-dialog.tsx';
import { usePictor } from '../common/pictor-context.ts';

const events = [
  { value: 'image.succeeded', label: 'A request succeeded' },
  { value: 'image.failed', label: 'A request failed or was interrupted' },
  { value: 'image.cancelled', label: 'A request was cancelled' },
] as const satisfies readonly { value: WebhookEvent; label: string }[];

type MakeWebhookDialogProps = {
  readonly onMade: (webhook: NewWebhook) => void;
  readonly onClose: () => void;
};

/** Asks which address is to be told of what. */
export function MakeWebhookDialog({ onMade, onClose }: MakeWebhookDialogProps) {
  const pictor = usePictor();
  const queryClient = useQueryClient();
  const [url, setUrl] = useState('');
  const [chosen, setChosen] = useState<string[]>(events.map(({ value }) => value));
  const make = async (): Promise<void> => {
    const wanted = events.flatMap(({ value }) => (chosen.includes(value) ? [value] : []));
    onMade(await pictor.webhooks.create({ url: url.trim(), events: wanted }));
    await queryClient.invalidateQueries({ queryKey: ['webhooks'] });
  };
  return (
    <FormDialog
      title="New webhook"
      act="Register"
      isReady={url.trim() !== '' && chosen.length > 0}
      onSubmit={make}
      onClose={onClose}
    >
      <TextInput
        label="Address"
        description="Where messages are posted: a full http or https address on a public host"
        placeholder="https://example.com/hooks/pictor"
        data-autofocus
        inputMode="url"
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      <Checkbox.Group label="Tell it when" value={chosen} onChange={setChosen}>
        <Stack gap="xs" mt="xs">
          {events.map((event) => (
            <Checkbox key={event.value} {...event} />
          ))}
        </Stack>
      </Checkbox.Group>
    </FormDialog>
  );
}
