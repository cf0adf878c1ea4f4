import { Anchor, Button, Group, Modal, Text, TextInput } from '@mantine/core';
import type { Conversation } from '@pictor/sdk';
import { IconChevronLeft, IconPencil, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { ConfirmDialog } from '../common/confirm-dialog.tsx';
import { ErrorNotice } from '../common/error-notice.tsx';
import { PageHeader } from '../common/page-header.tsx';
import { usePictor } from '../common/pictor-context.ts';
import { useRefreshConversation } from './use-conversations.ts';

type ConversationHeaderProps = {
  readonly title: string;
  /** How many turns, what they cost; null: nothing was asked yet. */
  readonly facts: string | null;
  /** Absent: it is not begun yet. */
  readonly conversation?: Conversation | undefined;
};

/** What the conversation is called, where it was branched from, and what can be done with all of it. */
export function ConversationHeader({ title, facts, conversation }: ConversationHeaderProps) {
  const [dialog, setDialog] = useState<'rename' | 'delete' | null>(null);
  const branchOf = conversation?.metadata.branch_of;
  return (
    <>
      <PageHeader
        title={title}
        description={
          <>
            <Anchor component={Link} to="/conversations" inherit>
              <IconChevronLeft size={14} aria-hidden style={{ verticalAlign: '-2px' }} />
              All conversations
            </Anchor>
            {facts !== null && ` · ${facts}`}
            {branchOf !== undefined && (
              <>
                {' · '}
                <Anchor component={Link} to={`/conversations/${encodeURIComponent(branchOf)}`} inherit>
                  branched from another
                </Anchor>
              </>
            )}
          </>
        }
        actions={
          conversation !== undefined && (
            <>
              <Button
                variant="default"
                size="xs"
                leftSection={<IconPencil size={15} stroke={1.7} aria-hidden />}
                onClick={() => setDialog('rename')}
              >
                Rename
              </Button>
              <Button
                variant="default"
                size="xs"
                leftSection={<IconTrash size={15} stroke={1.7} aria-hidden />}
                onClick={() => setDialog('delete')}
              >
                Delete
              </Button>
            </>
          )
        }
      />
      {conversation !== undefined && dialog === 'rename' && (
        <RenameDialog conversation={conversation} title={title} onClose={() => setDialog(null)} />
      )}
      {conversation !== undefined && dialog === 'delete' && (
        <DeleteDialog id={conversation.id} title={title} onClose={() => setDialog(null)} />
      )}
    </>
  );
}

type RenameDialogProps = {
  readonly conversation: Conversation;
  readonly title: string;
  readonly onClose: () => void;
};

const longestTitle = 500;

function RenameDialog({ conversation, title, onClose }: RenameDialogProps) {
  const pictor = usePictor();
  const refresh = useRefreshConversation();
  const [text, setText] = useState(title);
  const rename = useMutation({
    mutationFn: (next: string) =>
      pictor.conversations.update(conversation.id, { ...conversation.metadata, title: next }),
    onSuccess: async () => {
      await refresh(conversation.id);
      onClose();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== '') rename.mutate(text.trim());
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title="Rename the conversation"
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form onSubmit={submit}>
        <TextInput
          label="Title"
          data-autofocus
          maxLength={longestTitle}
          value={text}
          onChange={({ currentTarget: { value } }) => setText(value)}
        />
        {rename.error !== null && <ErrorNotice title="It was not renamed" error={rename.error} />}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={rename.isPending} disabled={text.trim() === ''}>
            Rename
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

type DeleteDialogProps = { readonly id: string; readonly title: string; readonly onClose: () => void };

function DeleteDialog({ id, title, onClose }: DeleteDialogProps) {
  const pictor = usePictor();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const remove = async (): Promise<void> => {
    await pictor.conversations.delete(id);
    await navigate({ to: '/conversations', replace: true });
    await queryClient.invalidateQueries({ queryKey: ['conversations', 'list'] });
  };
  return (
    <ConfirmDialog
      title="Delete this conversation?"
      act="Delete the conversation"
      onConfirm={remove}
      onClose={onClose}
    >
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        “{title.slice(0, 120)}” is deleted with all that was said in it, and cannot be brought back. Its
        pictures and requests stay: you find them under Images and Requests.
      </Text>
    </ConfirmDialog>
  );
}
