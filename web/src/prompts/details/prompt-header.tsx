import { ActionIcon, Button, CopyButton, Menu } from '@mantine/core';
import type { PromptView } from '@pictor/sdk';
import { IconArchive, IconArchiveOff, IconDots, IconHash, IconPencil } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ConfirmDialog } from '../../common/confirm-dialog.tsx';
import { PageHeader } from '../../common/page-header.tsx';
import { usePictor } from '../../common/pictor-context.ts';
import { LabelChip } from '../label-chip.tsx';
import { useChange } from '../use-prompts.ts';
import { DetailsDialog } from './details-dialog.tsx';
import classes from './prompt-header.module.css';

/** Name, folder, tags and labels of a prompt, and what can be done with it as a whole. */
export function PromptHeader({ prompt }: { readonly prompt: PromptView }) {
  const [open, setOpen] = useState<'details' | 'archive' | null>(null);
  const pictor = usePictor();
  const archive = useChange((archived: boolean) => pictor.prompts.update(prompt.id, { archived }));
  const close = (): void => setOpen(null);
  return (
    <>
      <nav aria-label="Where it is filed" className={classes.crumbs}>
        <Link to="/prompts" search={{}}>
          Prompts
        </Link>
        {pathsOf(prompt.folder).map(({ path, name }) => (
          <span key={path}>
            {' / '}
            <Link to="/prompts" search={{ folder: path }}>
              {name}
            </Link>
          </span>
        ))}
      </nav>
      <PageHeader
        title={prompt.name}
        actions={
          <>
            <Button
              variant="default"
              leftSection={<IconPencil size={16} stroke={1.6} aria-hidden />}
              onClick={() => setOpen('details')}
            >
              Details
            </Button>
            <MoreMenu prompt={prompt} onArchive={() => setOpen('archive')} />
          </>
        }
      />
      <div className={classes.marks}>
        {prompt.archived && (
          <span className={classes.archived}>
            Archived
            <Button
              variant="subtle"
              size="compact-xs"
              loading={archive.isPending}
              onClick={() => archive.mutate(false)}
            >
              Bring it back
            </Button>
          </span>
        )}
        {prompt.labels.map((label) => (
          <LabelChip key={label.name} label={label} />
        ))}
        {prompt.tags.map((tag) => (
          <Link key={tag} to="/prompts" search={{ tag }} className={classes.tag}>
            {tag}
          </Link>
        ))}
      </div>
      {open === 'details' && <DetailsDialog prompt={prompt} onClose={close} />}
      {open === 'archive' && (
        <ConfirmDialog
          title={`Archive ${prompt.name.slice(0, 60)}?`}
          act="Archive prompt"
          onConfirm={() => archive.mutateAsync(true)}
          onClose={close}
        >
          It leaves the list. Its versions, labels and pictures stay, programs that call it go on, and it can
          be brought back at any time.
        </ConfirmDialog>
      )}
    </>
  );
}

type MoreMenuProps = { readonly prompt: PromptView; readonly onArchive: () => void };

function MoreMenu({ prompt, onArchive }: MoreMenuProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size="input-sm" aria-label="More about this prompt">
          <IconDots size={16} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <CopyButton value={prompt.id}>
          {({ copy }) => (
            <Menu.Item leftSection={<IconHash size={16} stroke={1.6} />} onClick={copy}>
              Copy id {prompt.id.slice(0, 10)}…
            </Menu.Item>
          )}
        </CopyButton>
        {!prompt.archived && (
          <Menu.Item leftSection={<IconArchive size={16} stroke={1.6} />} onClick={onArchive}>
            Archive…
          </Menu.Item>
        )}
        {prompt.archived && (
          <Menu.Label>
            <IconArchiveOff size={14} aria-hidden /> archived
          </Menu.Label>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** A folder and those above it, topmost first. */
function pathsOf(folder: string | null): readonly { readonly path: string; readonly name: string }[] {
  const parts = (folder ?? '').split('/').filter((part) => part !== '');
  return parts.map((name, index) => ({ name, path: parts.slice(0, index + 1).join('/') }));
}
