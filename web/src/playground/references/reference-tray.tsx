import { ActionIcon, Button, FileButton } from '@mantine/core';
import type { InputRule } from '@pictor/sdk';
import { IconBrush, IconPhotoPlus, IconPhotoSearch, IconX } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { ErrorNotice } from '../../common/error-notice.tsx';
import { usePictor } from '../../common/pictor-context.ts';
import type { ChangeDraft, Draft, Reference } from '../draft.ts';
import { picturesOf, uploadMask, uploadReference } from './add-references.ts';
import classes from './reference-tray.module.css';

const ImagePicker = lazy(async () => ({ default: (await import('./image-picker.tsx')).ImagePicker }));
const ReferenceMask = lazy(async () => ({ default: (await import('./reference-mask.tsx')).ReferenceMask }));

type ReferenceTrayProps = {
  readonly draft: Draft;
  readonly onChange: ChangeDraft;
  /** What the model takes. */
  readonly rule: InputRule;
  /** True: the mask painter is open. */
  readonly isPainting: boolean;
  readonly onPaint: (isOpen: boolean) => void;
};

/** Pictures that go in: from this computer by drop, paste and choice, and from everything that was made before. */
export function ReferenceTray({ draft, onChange, rule, isPainting, onPaint }: ReferenceTrayProps) {
  const pictor = usePictor();
  const [isPicking, setPicking] = useState(false);
  const [isOver, setOver] = useState(false);
  const { references, mask } = draft;
  const room = Math.max(0, rule.maxImages - references.length);
  const add = (added: readonly Reference[]): void =>
    onChange((now) => ({ references: unique([...now.references, ...added]).slice(0, rule.maxImages) }));
  const upload = useMutation({
    mutationFn: async (files: readonly File[]) => {
      for (const file of files) add([await uploadReference(pictor, file, file.name || 'pasted picture')]);
    },
  });
  const keepMask = useMutation({
    mutationFn: async (painted: Blob | null) =>
      onChange({ mask: painted === null ? null : await uploadMask(pictor, painted) }),
  });
  const take = (files: readonly File[]): void => {
    if (files.length > 0) upload.mutate(files.slice(0, Math.max(room, 1)));
  };
  usePastedPictures(take);
  const [first] = references;
  return (
    <section
      className={classes.tray}
      aria-label="Reference images"
      data-over={isOver}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(picturesOf(event.dataTransfer));
      }}
    >
      <div className={classes.head}>
        <span className={classes.title}>References</span>
        <span className={classes.count}>
          {references.length} of {rule.maxImages}
        </span>
      </div>
      {references.length > 0 && (
        <ul className={classes.pictures}>
          {references.map((reference, index) => (
            <li key={reference.id}>
              <img src={reference.thumbnailUrl} alt={reference.name} title={reference.name} />
              <ActionIcon
                className={classes.remove ?? ''}
                variant="filled"
                color="dark"
                size="xs"
                aria-label={`Remove reference ${index + 1}, ${reference.name}`}
                onClick={() =>
                  onChange((now) => ({
                    references: now.references.filter(({ id }) => id !== reference.id),
                    // A mask belongs to the first picture and to no other.
                    ...(index === 0 ? { mask: null } : {}),
                  }))
                }
              >
                <IconX size={12} />
              </ActionIcon>
              {index === 0 && mask !== null && <span className={classes.badge}>mask</span>}
            </li>
          ))}
        </ul>
      )}
      <div className={classes.buttons}>
        <FileButton multiple accept={rule.mediaTypes.join(',')} onChange={take}>
          {(props) => (
            <Button
              {...props}
              size="compact-xs"
              variant="default"
              disabled={room === 0}
              loading={upload.isPending}
              leftSection={<IconPhotoPlus size={14} />}
            >
              Choose files
            </Button>
          )}
        </FileButton>
        <Button
          size="compact-xs"
          variant="default"
          disabled={room === 0}
          leftSection={<IconPhotoSearch size={14} />}
          onClick={() => setPicking(true)}
        >
          From gallery
        </Button>
        {first !== undefined && rule.mask !== false && (
          <Button
            size="compact-xs"
            variant="default"
            loading={keepMask.isPending}
            leftSection={<IconBrush size={14} />}
            onClick={() => onPaint(true)}
          >
            {mask === null ? 'Paint a mask' : 'Change the mask'}
          </Button>
        )}
      </div>
      {references.length === 0 && (
        <p className={classes.hint}>Drop or paste pictures to edit or combine them.</p>
      )}
      {upload.error !== null && <ErrorNotice title="The picture was not added" error={upload.error} />}
      {keepMask.error !== null && <ErrorNotice title="The mask was not kept" error={keepMask.error} />}
      <Suspense>
        {isPicking && <ImagePicker room={room} onAdd={add} onClose={() => setPicking(false)} />}
        {isPainting && first !== undefined && (
          <ReferenceMask
            image={first}
            maskId={mask?.id ?? null}
            onSave={(painted) => keepMask.mutate(painted)}
            onClose={() => onPaint(false)}
          />
        )}
      </Suspense>
    </section>
  );
}

/** Pictures that are pasted anywhere on the page; text goes where the cursor stands. */
function usePastedPictures(take: (files: readonly File[]) => void): void {
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      const pictures = picturesOf(event.clipboardData);
      if (pictures.length === 0) return;
      event.preventDefault();
      take(pictures);
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  });
}

function unique(references: readonly Reference[]): readonly Reference[] {
  return references.filter(({ id }, index) => references.findIndex((other) => other.id === id) === index);
}
