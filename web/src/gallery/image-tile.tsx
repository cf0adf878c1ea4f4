import { Checkbox } from '@mantine/core';
import type { GalleryImage } from '@pictor/sdk';
import { Link } from '@tanstack/react-router';
import { type CSSProperties, type MouseEvent, memo } from 'react';
import classes from './image-tile.module.css';
import type { Selection } from './use-selection.ts';

type ImageTileProps = {
  readonly image: GalleryImage;
  readonly index: number;
  readonly style: CSSProperties;
  /** The one tile that the tab key stops at. */
  readonly isActive: boolean;
  readonly isChosen: boolean;
  /** Something is chosen: a click chooses, too. */
  readonly isChoosing: boolean;
  readonly selection: Selection;
  readonly onFocus: (index: number) => void;
  readonly onOpen: (index: number) => void;
};

/** One image of the grid: a link that opens it, with a box that chooses it. */
export const ImageTile = memo(function ImageTile(props: ImageTileProps) {
  const { image, index, style, isActive, isChosen, isChoosing, selection, onFocus, onOpen } = props;
  const name = image.prompt === null || image.prompt === '' ? 'Image without a prompt' : image.prompt;
  const click = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey) selection.toggle(index);
    else if (event.shiftKey) selection.extend(index);
    else onOpen(index);
    event.preventDefault();
  };
  const choose = (event: MouseEvent): void => {
    if (event.shiftKey) selection.extend(index);
    else selection.toggle(index);
  };
  return (
    <li className={classes.tile} style={style} data-chosen={isChosen} data-choosing={isChoosing}>
      <Link
        to="/images"
        search={(now) => ({ ...now, image: image.id })}
        className={classes.link}
        data-index={index}
        tabIndex={isActive ? 0 : -1}
        title={name.slice(0, 300)}
        onFocus={() => onFocus(index)}
        onClick={click}
      >
        <img
          src={image.thumbnail_url}
          alt={name.slice(0, 300)}
          loading="lazy"
          decoding="async"
          draggable={false}
        />
        {image.tags.length > 0 && (
          <span className={classes.tags} aria-hidden>
            {image.tags.slice(0, 2).join(', ')}
            {image.tags.length > 2 && ` +${image.tags.length - 2}`}
          </span>
        )}
      </Link>
      <Checkbox
        className={classes.box ?? ''}
        aria-label={`Choose: ${name.slice(0, 80)}`}
        tabIndex={isActive ? 0 : -1}
        checked={isChosen}
        onChange={ignore}
        onClick={choose}
      />
    </li>
  );
});

/** The click has told already, with the keys that were held. */
function ignore(): void {}
