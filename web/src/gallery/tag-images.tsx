import { Button, Group, Modal, Stack, TagsInput } from '@mantine/core';
import type { GalleryImage } from '@pictor/sdk';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorNotice } from '../common/error-notice.tsx';
import { usePictor } from '../common/pictor-context.ts';
import { inChunks } from './in-chunks.ts';
import { useGalleryEdits } from './use-gallery.ts';

type TagImagesProps = {
  readonly images: readonly GalleryImage[];
  readonly onClose: () => void;
};

/** Puts tags on images, and takes others away. */
export function TagImages({ images, onClose }: TagImagesProps) {
  const pictor = usePictor();
  const { replace } = useGalleryEdits();
  const [add, setAdd] = useState<string[]>([]);
  const [remove, setRemove] = useState<string[]>([]);
  const present = [...new Set(images.flatMap((image) => image.tags))].toSorted();
  const save = useMutation({
    mutationFn: () =>
      inChunks(
        images.map((image) => image.id),
        (ids) => pictor.gallery.tag({ ids, add, remove }),
      ),
    onSuccess: (changed) => {
      replace(changed.flat());
      onClose();
    },
  });
  const what = images.length === 1 ? '1 image' : `${images.length} images`;
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Tag ${what}`}
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (add.length + remove.length === 0) onClose();
          else save.mutate();
        }}
      >
        <Stack gap="sm">
          <TagsInput
            label="Add tags"
            description="Enter after each"
            data-autofocus
            maxTags={20}
            value={add}
            onChange={setAdd}
            acceptValueOnBlur
          />
          {present.length > 0 && (
            <TagsInput
              label="Remove tags"
              description={`There are: ${present.slice(0, 8).join(', ')}${present.length > 8 ? ', …' : ''}`}
              data={present}
              maxTags={20}
              value={remove}
              onChange={setRemove}
              acceptValueOnBlur
            />
          )}
          {save.error !== null && <ErrorNotice title="The tags could not be saved" error={save.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={save.isPending}>
              Save tags
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
