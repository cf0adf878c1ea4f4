import { ActionIcon, Button } from '@mantine/core';
import { IconArrowsDiff, IconBrush, IconDownload, IconTag, IconTrash, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useGoTo } from '../common/use-go-to.ts';
import { DeleteImages } from './delete-images.tsx';
import { DownloadProgress } from './download-progress.tsx';
import classes from './selection-bar.module.css';
import { TagImages } from './tag-images.tsx';
import { useDownload } from './use-download.ts';
import type { Selection } from './use-selection.ts';

/** As many as stand beside each other in a comparison. */
const mostCompared = 8;
/** As many as models take as references. */
const mostReferences = 16;

/** What can be done with the chosen images. */
export function SelectionBar({ selection }: { readonly selection: Selection }) {
  const [open, setOpen] = useState<'tag' | 'delete'>();
  const goTo = useGoTo();
  const download = useDownload();
  const { images } = selection;
  const ids = images.map((image) => image.id);
  if (ids.length === 0) return null;
  const canCompare = ids.length > 1 && ids.length <= mostCompared;
  return (
    <section className={classes.bar} aria-label="Chosen images">
      <p className={classes.count} role="status">
        {ids.length} {ids.length === 1 ? 'image' : 'images'} chosen
      </p>
      <div className={classes.acts}>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconDownload size={15} stroke={1.7} />}
          loading={download.state?.kind === 'running'}
          onClick={() => download.start(images)}
        >
          Download
        </Button>
        {canCompare && (
          <Button
            component="a"
            variant="default"
            size="xs"
            leftSection={<IconArrowsDiff size={15} stroke={1.7} />}
            {...goTo(`/compare?images=${ids.join(',')}`)}
          >
            Compare
          </Button>
        )}
        {ids.length <= mostReferences && (
          <Button
            component="a"
            variant="default"
            size="xs"
            leftSection={<IconBrush size={15} stroke={1.7} />}
            {...goTo(`/?references=${ids.join(',')}`)}
          >
            Use as reference
          </Button>
        )}
        <Button
          variant="default"
          size="xs"
          leftSection={<IconTag size={15} stroke={1.7} />}
          onClick={() => setOpen('tag')}
        >
          Tag
        </Button>
        <Button
          variant="default"
          color="red"
          size="xs"
          leftSection={<IconTrash size={15} stroke={1.7} />}
          onClick={() => setOpen('delete')}
        >
          Delete
        </Button>
      </div>
      <ActionIcon variant="subtle" color="gray" aria-label="Choose none" onClick={selection.clear}>
        <IconX size={17} />
      </ActionIcon>
      <DownloadProgress download={download} />
      {open === 'tag' && <TagImages images={images} onClose={() => setOpen(undefined)} />}
      {open === 'delete' && (
        <DeleteImages ids={ids} onDeleted={selection.clear} onClose={() => setOpen(undefined)} />
      )}
    </section>
  );
}
