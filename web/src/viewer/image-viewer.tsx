import { Modal } from '@mantine/core';
import type { RequestImage } from '@pictor/sdk';
import {
  IconChevronLeft,
  IconChevronRight,
  IconInfoCircle,
  IconMaximize,
  IconMinus,
  IconPlus,
  IconX,
} from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { ToolButton } from '../common/tool-button.tsx';
import { useFocusBack } from '../common/use-focus-back.ts';
import { usePanZoom } from '../common/use-pan-zoom.ts';
import { zoomByKey } from '../common/zoom-by-key.ts';
import { ImageActions } from './image-actions.tsx';
import { ImageDetails } from './image-details.tsx';
import classes from './image-viewer.module.css';
import { readPrompt } from './read-prompt.ts';
import { ZoomedImage } from './zoomed-image.tsx';

type ImageViewerProps = {
  readonly images: readonly RequestImage[];
  /** Which of them is shown. */
  readonly index: number;
  readonly onIndex: (index: number) => void;
  readonly onClose: () => void;
};

/** Images over the whole screen, one at a time. Arrow keys go on, `+` `-` `0` `1` zoom, `i` tells details, Escape closes. */
export function ImageViewer(props: ImageViewerProps) {
  useFocusBack();
  const image = props.images[props.index];
  if (image === undefined) return null;
  return (
    <Modal.Root opened fullScreen onClose={props.onClose} transitionProps={{ duration: 0 }}>
      <Modal.Content aria-label="Image viewer" radius={0}>
        <Screen {...props} image={image} />
      </Modal.Content>
    </Modal.Root>
  );
}

function Screen({
  image,
  images,
  index,
  onIndex,
  onClose,
}: ImageViewerProps & { readonly image: RequestImage }) {
  const [isTelling, setTelling] = useState(false);
  const { width, height } = image;
  const panZoom = usePanZoom({ key: image.id, width, height });
  const prompt = readPrompt(image);
  const step = (by: 1 | -1): void => {
    if (images[index + by] !== undefined) onIndex(index + by);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target instanceof Element && event.target.closest('[role="menu"]') !== null) return;
    if (event.key === 'ArrowLeft') step(-1);
    else if (event.key === 'ArrowRight') step(1);
    else if (event.key === 'i') setTelling(!isTelling);
    else if (!zoomByKey(event, panZoom)) return;
    event.preventDefault();
  };
  const percent = Math.round((panZoom.view?.scale ?? 1) * 100);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the dialog, wherever in it the focus is
    <div className={classes.screen} tabIndex={-1} data-autofocus onKeyDown={onKeyDown}>
      <header className={classes.bar}>
        <span className={classes.title}>{prompt === '' ? image.id : prompt}</span>
        <div className={classes.group}>
          <ToolButton label="Zoom out" onClick={() => panZoom.zoomBy(0.8)}>
            <IconMinus size={17} />
          </ToolButton>
          <button
            type="button"
            className={classes.percent}
            aria-label={`${percent} %, show at its own size`}
            onClick={() => panZoom.zoomTo(1)}
          >
            {percent} %
          </button>
          <ToolButton label="Zoom in" onClick={() => panZoom.zoomBy(1.25)}>
            <IconPlus size={17} />
          </ToolButton>
          <ToolButton label="Show all of it" onClick={panZoom.showAll}>
            <IconMaximize size={17} />
          </ToolButton>
        </div>
        <div className={classes.group}>
          <ImageActions image={image} prompt={prompt} />
          <ToolButton label="Details" isPressed={isTelling} onClick={() => setTelling(!isTelling)}>
            <IconInfoCircle size={18} stroke={1.7} />
          </ToolButton>
        </div>
        <ToolButton label="Close" onClick={onClose}>
          <IconX size={18} />
        </ToolButton>
      </header>
      <div className={classes.middle} data-telling={isTelling}>
        <ZoomedImage image={image} name={prompt === '' ? 'Image' : prompt} panZoom={panZoom} onSwipe={step} />
        {isTelling && <ImageDetails image={image} />}
        {images.length > 1 && (
          <nav className={classes.steps} aria-label="Images">
            <ToolButton label="Image before" isOff={index === 0} onClick={() => step(-1)}>
              <IconChevronLeft size={20} />
            </ToolButton>
            <span role="status">
              {index + 1} of {images.length}
            </span>
            <ToolButton label="Next image" isOff={index === images.length - 1} onClick={() => step(1)}>
              <IconChevronRight size={20} />
            </ToolButton>
          </nav>
        )}
      </div>
    </div>
  );
}
