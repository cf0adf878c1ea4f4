import { Button, Group, Modal, Select, Stack, Textarea } from '@mantine/core';
import type { RequestSummary } from '@pictor/sdk';
import { IconRefresh } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ElapsedTime } from '../common/elapsed-time.tsx';
import { ErrorNotice } from '../common/error-notice.tsx';
import { usePictor } from '../common/pictor-context.ts';
import { useGoTo } from '../common/use-go-to.ts';
import { useGenerationModels } from '../models/use-models.ts';
import classes from './replay-request.module.css';
import { requestsKey } from './use-requests.ts';

/** Sends a request again: as it was, to another model, or with other words. */
export function ReplayRequest({ request }: { readonly request: RequestSummary }) {
  const [isOpen, setOpen] = useState(false);
  const pictor = usePictor();
  const goTo = useGoTo();
  const queryClient = useQueryClient();
  const replay = useMutation({
    mutationFn: async (change: { readonly model?: string; readonly prompt?: string }) =>
      (await pictor.requests.replay(request.id, change)).pictor?.request ?? null,
    onSettled: () => queryClient.invalidateQueries({ queryKey: [...requestsKey, 'one', request.id] }),
  });
  const send = (change: { readonly model?: string; readonly prompt?: string }): void => {
    setOpen(false);
    replay.mutate(change);
  };
  return (
    <>
      <Button
        variant="default"
        size="xs"
        disabled={replay.isPending || request.status === 'running'}
        leftSection={<IconRefresh size={15} stroke={1.7} />}
        onClick={() => setOpen(true)}
      >
        Send again
      </Button>
      <div className={classes.news} role="status">
        {replay.isPending && (
          <>
            Sending again, <ElapsedTime sinceMs={replay.submittedAt} />
          </>
        )}
        {replay.data !== undefined && replay.data !== null && (
          <a {...goTo(`/requests/${replay.data}`)}>Sent again: open the new request</a>
        )}
      </div>
      {replay.error !== null && <ErrorNotice title="It could not be sent again" error={replay.error} />}
      {isOpen && <ReplayDialog request={request} onSend={send} onClose={() => setOpen(false)} />}
    </>
  );
}

type ReplayDialogProps = {
  readonly request: RequestSummary;
  readonly onSend: (change: { readonly model?: string; readonly prompt?: string }) => void;
  readonly onClose: () => void;
};

function ReplayDialog({ request, onSend, onClose }: ReplayDialogProps) {
  const models = useGenerationModels();
  const [model, setModel] = useState(request.model_id);
  const [prompt, setPrompt] = useState(request.prompt);
  const known = models.data ?? [];
  const options = known.map((each) => ({ value: each.id, label: each.pictor.title }));
  return (
    <Modal
      opened
      onClose={onClose}
      title="Send the request again"
      centered
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSend({
            ...(model === request.model_id ? {} : { model }),
            ...(prompt === request.prompt ? {} : { prompt }),
          });
        }}
      >
        <Stack gap="sm">
          <Select
            label="Model"
            description="Parameters that another model lacks are dropped and told."
            searchable
            allowDeselect={false}
            data={
              options.some((option) => option.value === request.model_id)
                ? options
                : [{ value: request.model_id, label: request.model_id }, ...options]
            }
            value={model}
            onChange={(id) => {
              if (id !== null) setModel(id);
            }}
          />
          <Textarea
            label="Prompt"
            autosize
            minRows={3}
            maxRows={12}
            value={prompt}
            onChange={(event) => setPrompt(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" data-autofocus>
              {model === request.model_id && prompt === request.prompt ? 'Send as it was' : 'Send changed'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
