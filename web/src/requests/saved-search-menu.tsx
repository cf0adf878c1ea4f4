import { ActionIcon, Button, Group, Modal, Popover, Stack, TextInput, UnstyledButton } from '@mantine/core';
import type { RequestQuery, SavedSearch } from '@pictor/sdk';
import { IconBookmark, IconPencil, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmDialog } from '../common/confirm-dialog.tsx';
import { ErrorNotice } from '../common/error-notice.tsx';
import { usePictor } from '../common/pictor-context.ts';
import { fromRequestQuery, type RequestsSearch } from './requests-search.ts';
import classes from './saved-search-menu.module.css';

const savedKey = ['saved-searches'] as const;

type SavedSearchMenuProps = {
  /** What is looked for now. */
  readonly query: RequestQuery;
  readonly onOpen: (search: RequestsSearch) => void;
};

type Asked =
  | { readonly kind: 'save' }
  | { readonly kind: 'rename' | 'replace' | 'delete'; readonly saved: SavedSearch };

/** Searches that the project keeps under a name. */
export function SavedSearchMenu({ query, onOpen }: SavedSearchMenuProps) {
  const pictor = usePictor();
  const [isOpen, setOpen] = useState(false);
  const [asked, setAsked] = useState<Asked>();
  const list = useQuery({
    queryKey: savedKey,
    queryFn: ({ signal }) => pictor.requests.saved.list({ signal }),
    enabled: isOpen,
  });
  const ask = (what: Asked): void => {
    setOpen(false);
    setAsked(what);
  };
  const saved = list.data?.data ?? [];
  return (
    <>
      <Popover
        opened={isOpen}
        onChange={setOpen}
        position="bottom-end"
        width={320}
        shadow="md"
        trapFocus
        returnFocus
      >
        <Popover.Target>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconBookmark size={15} stroke={1.7} />}
            onClick={() => setOpen(!isOpen)}
          >
            Saved searches
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label="Saved searches">
          {list.error !== null && <ErrorNotice title="They could not be loaded" error={list.error} />}
          {list.isSuccess && saved.length === 0 && (
            <p className={classes.none}>None yet. Save this one to find it here, and in your team.</p>
          )}
          <ul className={classes.list}>
            {saved.map((each) => (
              <li key={each.id}>
                <UnstyledButton
                  className={classes.name ?? ''}
                  onClick={() => {
                    setOpen(false);
                    onOpen(fromRequestQuery(each.query));
                  }}
                >
                  {each.name}
                </UnstyledButton>
                <Act label={`Rename ${each.name}`} onClick={() => ask({ kind: 'rename', saved: each })}>
                  <IconPencil size={15} stroke={1.7} />
                </Act>
                <Act
                  label={`Replace ${each.name} by this search`}
                  onClick={() => ask({ kind: 'replace', saved: each })}
                >
                  <IconRefresh size={15} stroke={1.7} />
                </Act>
                <Act label={`Delete ${each.name}`} onClick={() => ask({ kind: 'delete', saved: each })}>
                  <IconTrash size={15} stroke={1.7} />
                </Act>
              </li>
            ))}
          </ul>
          <Button size="xs" variant="light" fullWidth onClick={() => ask({ kind: 'save' })}>
            Save this search
          </Button>
        </Popover.Dropdown>
      </Popover>
      {asked !== undefined && <AskedDialog asked={asked} query={query} onClose={() => setAsked(undefined)} />}
    </>
  );
}

type ActProps = {
  readonly label: string;
  readonly onClick: () => void;
  readonly children: React.ReactNode;
};

function Act({ label, onClick, children }: ActProps) {
  return (
    <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} title={label} onClick={onClick}>
      {children}
    </ActionIcon>
  );
}

type AskedDialogProps = {
  readonly asked: Asked;
  readonly query: RequestQuery;
  readonly onClose: () => void;
};

function AskedDialog({ asked, query, onClose }: AskedDialogProps) {
  const pictor = usePictor();
  const queryClient = useQueryClient();
  const readAgain = () => queryClient.invalidateQueries({ queryKey: savedKey });
  switch (asked.kind) {
    case 'save':
      return (
        <NameDialog
          title="Save this search"
          name=""
          onName={async (name) => {
            await pictor.requests.saved.create({ name, query });
            await readAgain();
          }}
          onClose={onClose}
        />
      );
    case 'rename':
      return (
        <NameDialog
          title="Rename the search"
          name={asked.saved.name}
          onName={async (name) => {
            await pictor.requests.saved.update(asked.saved.id, { name });
            await readAgain();
          }}
          onClose={onClose}
        />
      );
    case 'replace':
      return (
        <ConfirmDialog
          title={`Replace “${asked.saved.name}”?`}
          act="Replace"
          onConfirm={async () => {
            await pictor.requests.saved.update(asked.saved.id, { query });
            await readAgain();
          }}
          onClose={onClose}
        >
          <p>It keeps its name and looks for what the list shows now. What it looked for before is gone.</p>
        </ConfirmDialog>
      );
    case 'delete':
      return (
        <ConfirmDialog
          title={`Delete “${asked.saved.name}”?`}
          act="Delete the search"
          onConfirm={async () => {
            await pictor.requests.saved.remove(asked.saved.id);
            await readAgain();
          }}
          onClose={onClose}
        >
          <p>Everybody in the project loses it. The requests that it finds stay.</p>
        </ConfirmDialog>
      );
  }
}

type NameDialogProps = {
  readonly title: string;
  readonly name: string;
  readonly onName: (name: string) => Promise<unknown>;
  readonly onClose: () => void;
};

function NameDialog({ title, name, onName, onClose }: NameDialogProps) {
  const [text, setText] = useState(name);
  const save = useMutation({ mutationFn: () => onName(text.trim()), onSuccess: onClose });
  return (
    <Modal opened onClose={onClose} title={title} centered closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== '') save.mutate();
        }}
      >
        <Stack gap="sm">
          <TextInput
            label="Name"
            data-autofocus
            maxLength={200}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          {save.error !== null && <ErrorNotice title="It could not be saved" error={save.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={save.isPending} disabled={text.trim() === ''}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
