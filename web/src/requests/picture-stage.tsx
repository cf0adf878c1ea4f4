import { Button } from '@mantine/core';
import type { RequestImage } from '@pictor/sdk';
import { IconDownload, IconExternalLink } from '@tabler/icons-react';
import { useState } from 'react';
import { formatBytes, formatMediaType, formatSize } from '../common/format-values.ts';
import classes from './picture-stage.module.css';

type PictureStageProps = {
  readonly prompt: string;
  readonly images: readonly RequestImage[];
};

/** The pictures of a request: one large, the others as small ones to choose from. */
export function PictureStage({ prompt, images }: PictureStageProps) {
  const [chosenId, setChosenId] = useState<string>();
  const shown = images.find((image) => image.id === chosenId) ?? images[0];
  if (shown === undefined) return <p className={classes.none}>No picture was kept for this request.</p>;
  return (
    <div className={classes.stage}>
      <Picture image={shown} prompt={prompt} />
      {images.length > 1 && (
        <fieldset className={classes.strip}>
          <legend className={classes.legend}>Pictures</legend>
          {images.map((image, index) => (
            <button
              key={image.id}
              type="button"
              className={classes.small}
              aria-pressed={image.id === shown.id}
              aria-label={`Picture ${index + 1} of ${images.length}`}
              onClick={() => setChosenId(image.id)}
            >
              <img src={image.thumbnail_url} alt="" width={72} height={72} />
            </button>
          ))}
        </fieldset>
      )}
      <PictureBar image={shown} />
    </div>
  );
}

function Picture({ image, prompt }: { readonly image: RequestImage; readonly prompt: string }) {
  const style = { '--ratio': image.width / image.height } as React.CSSProperties;
  return (
    <img
      key={image.id}
      className={classes.picture}
      style={style}
      src={image.url}
      alt={prompt === '' ? 'Result' : prompt}
      width={image.width}
      height={image.height}
      decoding="async"
    />
  );
}

function PictureBar({ image }: { readonly image: RequestImage }) {
  const format = formatMediaType(image.media_type);
  return (
    <div className={classes.bar}>
      <span className={classes.facts}>
        {formatSize(`${image.width}x${image.height}`)} · {format} · {formatBytes(image.bytes)}
      </span>
      <Button
        component="a"
        href={image.url}
        target="_blank"
        rel="noreferrer"
        variant="subtle"
        color="gray"
        size="xs"
        leftSection={<IconExternalLink size={15} stroke={1.7} />}
      >
        Open
      </Button>
      <Button
        component="a"
        href={image.url}
        download={`${image.id}.${format.toLowerCase()}`}
        variant="default"
        size="xs"
        leftSection={<IconDownload size={15} stroke={1.7} />}
      >
        Download
      </Button>
    </div>
  );
}
