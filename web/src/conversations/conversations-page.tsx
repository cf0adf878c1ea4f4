import { Button, TextInput } from '@mantine/core';
import { IconMessagePlus, IconSearch } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useDeferredValue } from 'react';
import { EmptyState } from '../common/empty-state.tsx';
import { PageHeader } from '../common/page-header.tsx';
import { ConversationList } from './conversation-list.tsx';
import classes from './conversations-page.module.css';
import { useConversations } from './use-conversations.ts';

/** Every conversation of the project: found by what was said in it, or begun anew. */
export function ConversationsPage() {
  const { q = '' } = useSearch({ from: '/conversations' });
  const navigate = useNavigate({ from: '/conversations' });
  const words = useDeferredValue(q).trim();
  const conversations = useConversations(words);
  return (
    <>
      <PageHeader
        title="Conversations"
        description="Say what you want to see, then say what should be different. A text model leads and an image model draws."
        actions={<NewConversation />}
      />
      <div className={classes.page}>
        <TextInput
          type="search"
          aria-label="Find conversations"
          placeholder="Find by words, titles, or what was drawn"
          leftSection={<IconSearch size={16} stroke={1.7} aria-hidden />}
          value={q}
          maxLength={1_000}
          onChange={({ currentTarget: { value } }) =>
            void navigate({ search: value === '' ? {} : { q: value }, replace: true })
          }
        />
        <ConversationList
          conversations={conversations}
          nothing={
            words === '' ? (
              <EmptyState title="No conversations yet" actions={<NewConversation />}>
                Ask for a picture, look at it, and ask for changes: “make it night”, “add a hat”.
                Conversations that your code begins through the API appear here too.
              </EmptyState>
            ) : (
              <EmptyState title="Nothing found">
                No conversation has “{words.slice(0, 80)}” in its title, its words or its pictures’ prompts.
              </EmptyState>
            )
          }
        />
      </div>
    </>
  );
}

function NewConversation() {
  return (
    <Button
      renderRoot={(props) => (
        <Link to="/conversations/$conversationId" params={{ conversationId: 'new' }} {...props} />
      )}
      leftSection={<IconMessagePlus size={17} stroke={1.7} aria-hidden />}
    >
      New conversation
    </Button>
  );
}
