import { Button, Group, Loader, Modal, TextInput } from '@mantine/core';
import type { GalleryImage } from '@pictor/sdk';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorNotice } from '../../common/error-notice.tsx';
import { usePictor } from '../../common/pictor-context.ts';
import type { Reference } from '../draft.ts';
import { storedReference } from './add-references.ts';
import classes from './image-picker.module.css';

const pageSize = 60;

type ImagePickerProps = {
  /** How many more the model takes. */
  readonly room: number;
  readonly onAdd: (references: readonly Reference[]) => void;
  readonly onClose: () => void;
};

/** Chooses among all images that the project has, made or sent. */
export function ImagePicker({ room, onAdd, onClose }: ImagePickerProps) {
  const pictor = usePictor();
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState<readonly GalleryImage[]>([]);
  const images = useInfiniteQuery({
    queryKey: ['gallery', 'picker', words],
    queryFn: ({ pageParam, signal }) =>
      pictor.gallery.search(
        {
          roles: ['output', 'input'],
          limit: pageSize,
          ...(words.trim() === '' ? {} : { q: words.trim() }),
          ...(pageParam === undefined ? {} : { cursor: pageParam }),
        },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const found = images.data?.pages.flatMap((page) => page.data) ?? [];
  const toggle = (image: GalleryImage): void =>
    setChosen((now) =>
      now.some(({ id }) => id === image.id) ? now.filter(({ id }) => id !== image.id) : [...now, image],
    );
  const add = (): void => {
    onAdd(chosen.map((image) => storedReference(image, nameOf(image))));
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title="Choose references from the gallery"
      size="xl"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <TextInput
        label="Words in their prompts"
        data-autofocus
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      {images.error !== null && <ErrorNotice title="The gallery could not be read" error={images.error} />}
      <div className={classes.grid}>
        {found.map((image) => {
          const isChosen = chosen.some(({ id }) => id === image.id);
          return (
            <button
              key={image.id}
              type="button"
              className={classes.picture}
              aria-pressed={isChosen}
              aria-label={nameOf(image)}
              title={nameOf(image)}
              disabled={!isChosen && chosen.length >= room}
              onClick={() => toggle(image)}
            >
              <img src={image.thumbnail_url} alt="" loading="lazy" decoding="async" />
            </button>
          );
        })}
      </div>
      {images.isPending && <Loader size="sm" color="gray" aria-label="Loading images" />}
      {images.isSuccess && found.length === 0 && (
        <p className={classes.empty}>
          {words === ''
            ? 'No image was made yet: run a prompt, and it is here.'
            : 'No prompt has these words.'}
        </p>
      )}
      {images.hasNextPage && (
        <Button
          variant="default"
          fullWidth
          loading={images.isFetchingNextPage}
          onClick={() => void images.fetchNextPage()}
        >
          Load more
        </Button>
      )}
      <Group className={classes.foot ?? ''} justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button disabled={chosen.length === 0} onClick={add}>
          {chosen.length <= 1 ? 'Add as reference' : `Add ${chosen.length} references`}
        </Button>
      </Group>
    </Modal>
  );
}

function nameOf({ prompt, id }: GalleryImage): string {
  return prompt === null || prompt === '' ? id : prompt.slice(0, 120);
}
