import { Button, Select, TextInput } from '@mantine/core';
import type { PromptMessage } from '@pictor/sdk';
import { IconPlus } from '@tabler/icons-react';
import { BlockList, MoveButtons } from './block-list.tsx';
import { FormatControl } from './format-control.tsx';
import classes from './message-list.module.css';
import { moveBy, newMessage, removeAt, replaceAt, roles } from './template-changes.ts';

type MessageListProps = {
  readonly messages: readonly PromptMessage[];
  readonly onChange: (messages: PromptMessage[]) => void;
};

/** The messages of a chat, each with who speaks. */
export function MessageList({ messages, onChange }: MessageListProps) {
  return (
    <div className={classes.messages}>
      {messages.map((message, index) => {
        const name = `Message ${index + 1}`;
        return (
          <section
            // biome-ignore lint/suspicious/noArrayIndexKey: a message has no identity but its place
            key={index}
            aria-label={name}
            className={classes.message}
          >
            <div className={classes.head}>
              <MessageRole
                message={message}
                name={name}
                onChange={(next) => onChange(replaceAt(messages, index, next))}
              />
              <MoveButtons
                name={name}
                isFirst={index === 0}
                isLast={index === messages.length - 1}
                onMove={(step) => onChange(moveBy(messages, index, step))}
                onRemove={() => onChange(removeAt(messages, index))}
              />
            </div>
            {message.role === 'placeholder' ? (
              <TextInput
                label="Variable that brings the messages"
                value={message.name ?? ''}
                onChange={(event) =>
                  onChange(replaceAt(messages, index, { ...message, name: event.currentTarget.value }))
                }
              />
            ) : (
              <BlockList
                owner={name}
                blocks={message.content}
                onChange={(content) => onChange(replaceAt(messages, index, { ...message, content }))}
              />
            )}
          </section>
        );
      })}
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlus size={14} stroke={1.8} aria-hidden />}
        className={classes.add ?? ''}
        onClick={() => onChange([...messages, newMessage('user')])}
      >
        Add message
      </Button>
    </div>
  );
}

type MessageRoleProps = {
  readonly message: PromptMessage;
  readonly name: string;
  readonly onChange: (message: PromptMessage) => void;
};

function MessageRole({ message, name, onChange }: MessageRoleProps) {
  const { role, template_format: format = 'f-string' } = message;
  const names: readonly string[] = roles.some((each) => each === role) ? roles : [...roles, role];
  return (
    <div className={classes.role}>
      <Select
        aria-label={`${name}, role`}
        size="xs"
        w="9rem"
        allowDeselect={false}
        data={names.map((value) => ({ value, label: value }))}
        value={role}
        onChange={(value) => {
          const next = roles.find((each) => each === value);
          if (next === undefined) return;
          onChange(next === 'placeholder' ? newMessage(next) : { ...message, role: next });
        }}
      />
      {role !== 'placeholder' && (
        <FormatControl
          label={`${name}, how variables are written`}
          value={format}
          onChange={(template_format) => onChange({ ...message, template_format })}
        />
      )}
    </div>
  );
}
