import type { RequestSummary } from '@pictor/sdk';
import { ErrorNotice } from '../common/error-notice.tsx';
import { RunningNotice } from '../common/running-notice.tsx';
import { ImageCard } from '../viewer/image-card.tsx';
import { isImageRequest } from './request-kind.ts';
import classes from './request-output.module.css';

const outcomes = {
  failed: { title: 'This request failed', fallback: 'No reason was given.' },
  interrupted: {
    title: 'This request was interrupted',
    fallback: 'Pictor stopped while it ran. Run it again.',
  },
  cancelled: { title: 'This request was cancelled', fallback: 'It was ended before it was done.' },
} as const;

/** What came out: pictures as cards, or why there are none. */
export function RequestOutput({ request }: { readonly request: RequestSummary }) {
  const { error, images, status } = request;
  if (status === 'running') {
    return (
      <div className={classes.running}>
        <RunningNotice model={request.model} sinceMs={request.created_at * 1000} />
      </div>
    );
  }
  return (
    <div className={classes.output}>
      {status !== 'succeeded' && (
        <ErrorNotice
          title={outcomes[status].title}
          error={{
            message: error?.message ?? outcomes[status].fallback,
            code: error?.code ?? null,
            param: error?.param ?? null,
            requestId: request.id,
          }}
        />
      )}
      {!isImageRequest(request) && request.output_text !== null && (
        <p className={classes.words}>{request.output_text}</p>
      )}
      {status === 'succeeded' && images.length === 0 && isImageRequest(request) && (
        <p className={classes.none}>No picture was kept for this request.</p>
      )}
      {images.length > 0 && (
        <div className={classes.cards} data-count={Math.min(images.length, 2)}>
          {images.map((image) => (
            <ImageCard key={image.id} image={image} request={request} isBesideFacts />
          ))}
        </div>
      )}
    </div>
  );
}
