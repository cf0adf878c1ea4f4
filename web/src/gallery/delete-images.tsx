import { Loader } from '@mantine/core';
import type { ImageDeletion } from '@pictor/sdk';
import { useQuery } from '@tanstack/react-query';
import { ConfirmDialog } from '../common/confirm-dialog.tsx';
import { ErrorNotice } from '../common/error-notice.tsx';
import { formatBytes } from '../common/format-values.ts';
import { usePictor } from '../common/pictor-context.ts';
import { inChunks } from './in-chunks.ts';
import { galleryKey, useGalleryEdits } from './use-gallery.ts';

type DeleteImagesProps = {
  readonly ids: readonly string[];
  readonly onDeleted: () => void;
  readonly onClose: () => void;
};

/** Says what refers to images before they go. */
export function DeleteImages({ ids, onDeleted, onClose }: DeleteImagesProps) {
  const pictor = usePictor();
  const { remove } = useGalleryEdits();
  const preview = useQuery({
    queryKey: [...galleryKey, 'deletion', ids],
    queryFn: ({ signal }) => inChunks(ids, (some) => pictor.gallery.previewDeletion(some, { signal })),
    gcTime: 0,
  });
  const erase = async (): Promise<void> => {
    await inChunks(ids, (some) => pictor.gallery.delete(some));
    remove(ids);
    onDeleted();
  };
  const what = ids.length === 1 ? '1 image' : `${ids.length} images`;
  return (
    <ConfirmDialog title={`Delete ${what}?`} act={`Delete ${what}`} onConfirm={erase} onClose={onClose}>
      {preview.isPending && (
        <Loader size="sm" color="gray" role="status" aria-label="Looking for what refers to them" />
      )}
      {preview.error !== null && (
        <ErrorNotice
          title="What refers to them could not be read"
          error={preview.error}
          onRetry={() => void preview.refetch()}
        />
      )}
      {preview.data !== undefined && <Consequences deletions={preview.data} count={ids.length} />}
    </ConfirmDialog>
  );
}

type ConsequencesProps = { readonly deletions: readonly ImageDeletion[]; readonly count: number };

function Consequences({ deletions, count }: ConsequencesProps) {
  const countOf = (name: 'requests' | 'children' | 'files' | 'responses'): number =>
    new Set(deletions.flatMap((each) => each.references[name])).size;
  const freed = deletions.reduce((sum, each) => sum + each.freed_bytes, 0);
  const [requests, children, files, responses] = [
    countOf('requests'),
    countOf('children'),
    countOf('files'),
    countOf('responses'),
  ];
  return (
    <>
      <p>
        {count === 1 ? 'The image goes' : 'The images go'} for good: this cannot be undone.{' '}
        {freed === 0
          ? 'No disk space comes free, because something else has the same bytes.'
          : `${formatBytes(freed)} of disk space come free.`}
      </p>
      <ul>
        {requests > 0 && (
          <li>
            {many(requests, 'request')} {requests === 1 ? 'shows' : 'show'} them: the{' '}
            {requests === 1 ? 'row stays' : 'rows stay'}, without the pictures.
          </li>
        )}
        {children > 0 && <li>{many(children, 'later request')} used the same bytes and keep their copy.</li>}
        {files > 0 && <li>{many(files, 'uploaded file')} with the same bytes stay.</li>}
        {responses > 0 && <li>{many(responses, 'response')} will no longer show them.</li>}
        {requests + children + files + responses === 0 && <li>Nothing else refers to them.</li>}
      </ul>
    </>
  );
}

function many(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
