import type { GalleryImage, ImageFamily } from '@pictor/sdk';
import { Link, useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import classes from './image-family.module.css';
import { useFamily } from './use-image.ts';

type FamilySectionProps = {
  readonly imageId: string;
  readonly isOpenAtFirst: boolean;
};

/** Which saved prompt an image was made from, which images went into it, and what was made from it. Read when opened. */
export function FamilySection({ imageId, isOpenAtFirst }: FamilySectionProps) {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  return (
    <details className={classes.family} open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Family</summary>
      {isOpen && <Family imageId={imageId} />}
    </details>
  );
}

function Family({ imageId }: { readonly imageId: string }) {
  const { data, error } = useFamily(imageId);
  // There the whole family is on the page.
  const { requestId: shownRequest } = useParams({ strict: false });
  if (error !== null) return <p className={classes.note}>Its family could not be loaded: {error.message}</p>;
  if (data === undefined) return <p className={classes.note}>Looking…</p>;
  const { prompt, parents, children } = readFamily(data);
  const { request } = data.image;
  if (prompt === null && parents.length === 0 && children.length === 0) {
    return <p className={classes.note}>It was made from words alone, and nothing was made from it yet.</p>;
  }
  return (
    <>
      <dl className={classes.members}>
        {prompt !== null && (
          <Member name="From the prompt">
            <Link
              to="/prompts/$promptId"
              params={{ promptId: prompt.id }}
              search={{ version: prompt.version ?? undefined }}
            >
              {prompt.name ?? prompt.id}
              {prompt.version !== null && `, version ${prompt.version}`}
            </Link>
          </Member>
        )}
        {parents.length > 0 && (
          <Member name="Made from">
            <Thumbnails images={parents} />
          </Member>
        )}
        {children.length > 0 && (
          <Member name={data.truncated ? 'Led to, among others' : 'Led to'}>
            <Thumbnails images={children} />
          </Member>
        )}
      </dl>
      {request !== null && request !== shownRequest && (
        <Link to="/requests/$requestId" params={{ requestId: request }} className={classes.whole}>
          Show the whole family
        </Link>
      )}
    </>
  );
}

function Member({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Thumbnails({ images }: { readonly images: readonly GalleryImage[] }) {
  return (
    <ul className={classes.thumbnails}>
      {images.map((image) => (
        <li key={image.id}>
          <Link to="/images" search={{ image: image.id }} aria-label={nameOf(image)} title={nameOf(image)}>
            <img src={image.thumbnail_url} alt="" width={56} height={56} loading="lazy" decoding="async" />
          </Link>
        </li>
      ))}
    </ul>
  );
}

function nameOf({ role, prompt }: GalleryImage): string {
  const kind = role === 'mask' ? 'Mask' : 'Image';
  return prompt === null || prompt === '' ? kind : `${kind}: ${prompt}`;
}

/** The steps next to the image itself. A picture that was made here is shown as it came out, not as it went in. */
function readFamily({ image, requests, links }: ImageFamily) {
  const all = new Map(
    requests.flatMap((each) => [...each.outputs, ...each.inputs]).map((each) => [each.id, each]),
  );
  const own = requests.find((request) => request.id === image.request);
  const isOutput = image.role === 'output';
  const made = links.filter((link) => link.to === own?.id && link.image !== null && isOutput);
  const origins = made.flatMap(({ image: id }) => all.get(id ?? '') ?? []);
  const brought = isOutput ? (own?.inputs ?? []) : [];
  const unmade = brought.filter((input) => !origins.some((origin) => origin.hash === input.hash));
  const used = new Set(links.filter((link) => link.image === image.id).map((link) => link.to));
  const users = isOutput ? requests.filter((each) => used.has(each.id)) : requests;
  return {
    prompt: own?.saved_prompt ?? null,
    parents: uniqueByHash([...origins, ...unmade]),
    children: users.flatMap((request) => request.outputs),
  };
}

function uniqueByHash(images: readonly GalleryImage[]): readonly GalleryImage[] {
  return [...new Map(images.map((image) => [image.hash, image])).values()];
}
