import { Loader, Modal } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useFocusBack } from '../common/use-focus-back.ts';
import classes from './mask-painter.module.css';
import type { MaskPainterProps } from './mask-painter-props.ts';

const MaskDialog = lazy(async () => ({ default: (await import('./mask-dialog.tsx')).MaskDialog }));

/** Paints over a picture which parts of it are to be changed, over the whole screen. Its script is loaded when it is opened. */
export function MaskPainter(props: MaskPainterProps) {
  useFocusBack();
  return (
    <Modal.Root
      opened
      fullScreen
      onClose={props.onClose}
      transitionProps={{ duration: 0 }}
      closeOnEscape={false}
    >
      <Modal.Content aria-label="Paint a mask" radius={0}>
        <Suspense
          fallback={<Loader className={classes.loading ?? ''} size="sm" color="gray" aria-label="Opening" />}
        >
          <MaskDialog {...props} />
        </Suspense>
      </Modal.Content>
    </Modal.Root>
  );
}
