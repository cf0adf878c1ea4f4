import { Button, CloseButton } from '@mantine/core';
import { IconPhotoPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { ImagePicker } from '../playground/references/image-picker.tsx';
import classes from './references.module.css';

type ReferencesProps = {
  readonly ids: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
};

const most = 8;

/** Stored images that go into every cell, so that edits are compared. */
export function References({ ids, onChange }: ReferencesProps) {
  const [isPicking, setPicking] = useState(false);
  return (
    <div className={classes.references}>
      {ids.map((id, index) => (
        <span key={id} className={classes.reference}>
          <img src={`/images/${id}/thumbnail`} alt={`Reference ${index + 1}`} width={48} height={48} />
          <CloseButton
            size="xs"
            className={classes.remove ?? ''}
            aria-label={`Leave out reference ${index + 1}`}
            onClick={() => onChange(ids.filter((each) => each !== id))}
          />
        </span>
      ))}
      {ids.length < most && (
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          leftSection={<IconPhotoPlus size={15} stroke={1.7} aria-hidden />}
          onClick={() => setPicking(true)}
        >
          {ids.length === 0 ? 'Add references, to compare edits' : 'Add another'}
        </Button>
      )}
      {isPicking && (
        <ImagePicker
          room={most - ids.length}
          onAdd={(added) => onChange([...new Set([...ids, ...added.map(({ id }) => id)])])}
          onClose={() => setPicking(false)}
        />
      )}
    </div>
  );
}
