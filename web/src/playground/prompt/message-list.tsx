import { ActionIcon, Button, NativeSelect, Textarea } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { type DraftMessage, roles } from '../draft.ts';
import classes from './message-list.module.css';

type MessageListProps = {
  readonly messages: readonly DraftMessage[];
  readonly onChange: (messages: readonly DraftMessage[]) => void;
};

/** What was said before the user's last message. */
export function MessageList({ messages, onChange }: MessageListProps) {
  const change = (id: string, changed: Partial<DraftMessage>): void =>
    onChange(messages.map((message) => (message.id === id ? { ...message, ...changed } : message)));
  return (
    <div className={classes.messages}>
      {messages.map(({ id, role, text }, index) => (
        <div key={id} className={classes.message}>
          <div className={classes.head}>
            <NativeSelect
              aria-label={`Role of message ${index + 1}`}
              size="xs"
              data={[...roles]}
              value={role}
              onChange={(event) =>
                change(id, { role: roles.find((each) => each === event.currentTarget.value) ?? role })
              }
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={`Remove message ${index + 1}`}
              onClick={() => onChange(messages.filter((message) => message.id !== id))}
            >
              <IconX size={15} />
            </ActionIcon>
          </div>
          <Textarea
            aria-label={`Message ${index + 1}`}
            size="xs"
            autosize
            minRows={2}
            maxRows={10}
            value={text}
            onChange={(event) => change(id, { text: event.currentTarget.value })}
          />
        </div>
      ))}
      <Button
        className={classes.add ?? ''}
        variant="subtle"
        color="gray"
        size="compact-xs"
        leftSection={<IconPlus size={14} />}
        onClick={() =>
          onChange([...messages, { id: newId(), role: messages.length === 0 ? 'system' : 'user', text: '' }])
        }
      >
        Add message before
      </Button>
    </div>
  );
}

/** Of a message within its draft. */
export function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(8))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}
