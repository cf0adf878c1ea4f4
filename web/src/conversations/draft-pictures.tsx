import { Button, CloseButton, Loader } from '@mantine/core';
import { IconBrush } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorNotice } from '../common/error-notice.tsx';
import { usePictor } from '../common/pictor-context.ts';
import { MaskPainter } from '../mask/mask-painter.tsx';
import classes from './draft-pictures.module.css';
import type { EditedPicture, TurnDraft } from './turn-draft.ts';
import { pictureAddress } from './use-attach.ts';

type DraftPicturesProps = {
  readonly draft: TurnDraft;
  readonly onDraft: (edit: (now: TurnDraft) => TurnDraft) => void;
  readonly isUploading: boolean;
};

/** The picture that the turn changes, and those that go beside its words. */
export function DraftPictures({ draft, onDraft, isUploading }: DraftPicturesProps) {
  const { edits, pictures } = draft;
  if (edits === null && pictures.length === 0 && !isUploading) return null;
  return (
    <ul className={classes.pictures} aria-label="Pictures of the next turn">
      {edits !== null && (
        <li className={classes.edited}>
          <Edited edits={edits} onEdits={(next) => onDraft((now) => ({ ...now, edits: next }))} />
        </li>
      )}
      {pictures.map(({ id, name }) => (
        <li key={id} className={classes.picture}>
          <img src={pictureAddress(id)} alt={name} title={name} width={56} height={56} />
          <CloseButton
            size="xs"
            className={classes.remove ?? ''}
            aria-label={`Leave out ${name}`}
            onClick={() =>
              onDraft((now) => ({ ...now, pictures: now.pictures.filter((each) => each.id !== id) }))
            }
          />
        </li>
      ))}
      {isUploading && (
        <li className={classes.picture}>
          <Loader size="sm" color="gray" aria-label="Uploading" />
        </li>
      )}
    </ul>
  );
}

type EditedProps = {
  readonly edits: EditedPicture;
  readonly onEdits: (edits: EditedPicture | null) => void;
};

const maskLifetimeSeconds = 7 * 86_400;

function Edited({ edits, onEdits }: EditedProps) {
  const pictor = usePictor();
  const [painted, setPainted] = useState<Blob | null>(null);
  const [isPainting, setPainting] = useState(false);
  const keep = useMutation({
    mutationFn: async (mask: Blob | null): Promise<string | null> => {
      if (mask === null) return null;
      const options = { filename: 'mask.png', lifetimeSeconds: maskLifetimeSeconds };
      return (await pictor.files.upload(mask, options)).id;
    },
    onSuccess: (maskId) => onEdits({ ...edits, maskId }),
  });
  return (
    <>
      <img
        src={`/images/${edits.imageId}/thumbnail`}
        alt="What the next turn changes"
        width={56}
        height={56}
      />
      <span className={classes.words}>
        Changes this picture{edits.maskId !== null && ', where the mask is painted'}
        {keep.error !== null && <ErrorNotice title="The mask was not kept" error={keep.error} />}
      </span>
      <Button
        size="xs"
        variant="default"
        loading={keep.isPending}
        leftSection={<IconBrush size={14} stroke={1.7} aria-hidden />}
        onClick={() => setPainting(true)}
      >
        {edits.maskId === null ? 'Paint a mask' : 'Change the mask'}
      </Button>
      <CloseButton aria-label="Change no picture in particular" onClick={() => onEdits(null)} />
      {isPainting && (
        <MaskPainter
          image={{ url: `/images/${edits.imageId}`, width: edits.width, height: edits.height }}
          mask={painted}
          onSave={(mask) => {
            setPainted(mask);
            setPainting(false);
            keep.mutate(mask);
          }}
          onClose={() => setPainting(false)}
        />
      )}
    </>
  );
}
