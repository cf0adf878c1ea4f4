import { type ComponentProps, lazy, Suspense } from 'react';

const Viewer = lazy(async () => ({ default: (await import('./image-viewer.tsx')).ImageViewer }));

/** The viewer; its script is loaded when it is opened. */
export function ImageViewer(props: ComponentProps<typeof Viewer>) {
  return (
    <Suspense>
      <Viewer {...props} />
    </Suspense>
  );
}
