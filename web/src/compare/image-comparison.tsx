import { Button, Checkbox, Loader } from '@mantine/core';
import { IconZoomReset } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { EmptyState } from '../common/empty-state.tsx';
import { ErrorNotice } from '../common/error-notice.tsx';
import { formatSize } from '../common/format-values.ts';
import { usePictor } from '../common/pictor-context.ts';
import cell from './compare-cell.module.css';
import grid from './comparison-grid.module.css';
import { type DiffChoice, DifferenceView } from './difference-view.tsx';
import classes from './image-comparison.module.css';
import { columnName } from './setup.ts';
import { useSharedView } from './use-shared-view.ts';
import { ZoomPane } from './zoom-pane.tsx';

type ImageComparisonProps = {
  readonly ids: readonly string[];
  readonly diff: DiffChoice;
};

/** Stored images side by side, panned and zoomed together. Nothing is run. */
export function ImageComparison({ ids, diff }: ImageComparisonProps) {
  const pictor = usePictor();
  const view = useSharedView();
  const answers = useQueries({
    queries: ids.map((id) => ({
      queryKey: ['image', id],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => pictor.gallery.get(id, { signal }),
    })),
  });
  const images = answers.flatMap(({ data }) => (data === undefined ? [] : [data]));
  const error = answers.find((answer) => answer.error !== null)?.error ?? null;
  const [first] = images;
  if (ids.length === 0) {
    return (
      <EmptyState title="No such images">
        The address names images that cannot be. Choose some under <Link to="/images">Images</Link>.
      </EmptyState>
    );
  }
  return (
    <section aria-label="Images" className={grid.results}>
      {error !== null && <ErrorNotice title="An image could not be loaded" error={error} />}
      {answers.some(({ isPending }) => isPending) && (
        <Loader size="sm" color="gray" aria-label="Loading images" />
      )}
      <div className={grid.bar}>
        <p className={grid.state}>
          {images.length} images. Zoom into one with plus and minus, a double click or Ctrl and the wheel: all
          of them follow. Choose two to see their difference.
        </p>
        {!view.isFitted && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconZoomReset size={15} stroke={1.7} aria-hidden />}
            onClick={view.showAll}
          >
            Show all of them
          </Button>
        )}
      </div>
      <div className={classes.images}>
        {images.map((image, index) => (
          <article key={image.id} className={cell.cell} aria-label={`Image ${columnName(index)}`}>
            <ZoomPane
              image={image}
              name={`Image ${columnName(index)}`}
              ratio={first === undefined ? 1 : first.width / first.height}
              moved={view.moved}
            />
            <p className={classes.prompt}>{image.prompt ?? image.id}</p>
            <p className={cell.facts}>
              <span>{image.model ?? 'not made here'}</span>
              <span>{formatSize(`${image.width}x${image.height}`)}</span>
              {image.request !== null && (
                <Link to="/requests/$requestId" params={{ requestId: image.request }}>
                  Request
                </Link>
              )}
            </p>
            <Checkbox
              size="xs"
              label="Difference"
              aria-label={`Difference with ${columnName(index)}`}
              checked={diff.chosen.includes(image.id)}
              onChange={(event) => diff.choose(image.id, event.currentTarget.checked)}
            />
          </article>
        ))}
      </div>
      <DifferenceView
        diff={diff}
        sides={images.map((image, index) => ({ key: image.id, name: columnName(index), image }))}
      />
    </section>
  );
}
