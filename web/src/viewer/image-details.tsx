import type { RequestImage } from '@pictor/sdk';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ErrorNotice } from '../common/error-notice.tsx';
import { formatBytes, formatMediaType, formatSize } from '../common/format-values.ts';
import classes from './image-details.module.css';
import { useImage } from './use-image.ts';

/** What is known about the file of an image, and where it came from. */
export function ImageDetails({ image }: { readonly image: RequestImage }) {
  const { data, error, refetch } = useImage(image.id);
  return (
    <aside className={classes.details} aria-label="Details">
      <dl className={classes.facts}>
        <Fact name="Size">{formatSize(`${image.width}x${image.height}`)} pixels</Fact>
        <Fact name="Format">{formatMediaType(image.media_type)}</Fact>
        <Fact name="File">{formatBytes(image.bytes)}</Fact>
        <Fact name="Image">
          <code>{image.id}</code>
        </Fact>
        {data !== undefined && (
          <>
            <Fact name="BLAKE3">
              <code>{data.hash}</code>
            </Fact>
            <Fact name="Stored">{new Date(data.created_at * 1000).toLocaleString()}</Fact>
            {data.model !== null && <Fact name="Model">{data.model}</Fact>}
            {data.engine !== null && <Fact name="Engine">{data.engine}</Fact>}
            {data.tags.length > 0 && <Fact name="Tags">{data.tags.join(', ')}</Fact>}
            {data.request !== null && (
              <Fact name="Request">
                <Link to="/requests/$requestId" params={{ requestId: data.request }}>
                  <code>{data.request}</code>
                </Link>
              </Fact>
            )}
            {data.prompt !== null && data.prompt !== '' && <Fact name="Prompt">{data.prompt}</Fact>}
            {data.revised_prompt !== null && <Fact name="Revised prompt">{data.revised_prompt}</Fact>}
          </>
        )}
      </dl>
      {error !== null && (
        <ErrorNotice title="Its details could not be loaded" error={error} onRetry={() => void refetch()} />
      )}
    </aside>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
