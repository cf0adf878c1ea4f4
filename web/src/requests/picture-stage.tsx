import type { RequestSummary } from '@pictor/sdk';
import { useState } from 'react';
import { ImageCard } from '../viewer/image-card.tsx';
import { ImageViewer } from '../viewer/lazy-image-viewer.tsx';
import classes from './picture-stage.module.css';

/** The pictures of a request: one as a card, the others as small ones to choose from. The viewer goes through all. */
export function PictureStage({ request }: { readonly request: RequestSummary }) {
  const { images } = request;
  const [chosen, setChosen] = useState(0);
  const [isViewing, setViewing] = useState(false);
  const index = Math.min(chosen, images.length - 1);
  const shown = images[index];
  if (shown === undefined) return <p className={classes.none}>No picture was kept for this request.</p>;
  return (
    <div className={classes.stage}>
      <ImageCard image={shown} request={request} isWhole isBesideFacts onOpen={() => setViewing(true)} />
      {images.length > 1 && (
        <fieldset className={classes.strip}>
          <legend className={classes.legend}>Pictures</legend>
          {images.map((image, at) => (
            <button
              key={image.id}
              type="button"
              className={classes.small}
              aria-pressed={at === index}
              aria-label={`Picture ${at + 1} of ${images.length}`}
              onClick={() => setChosen(at)}
            >
              <img src={image.thumbnail_url} alt="" width={72} height={72} />
            </button>
          ))}
        </fieldset>
      )}
      {isViewing && (
        <ImageViewer
          images={images.map((image) => ({ ...image, prompt: request.prompt }))}
          index={index}
          onIndex={setChosen}
          onClose={() => setViewing(false)}
        />
      )}
    </div>
  );
}
