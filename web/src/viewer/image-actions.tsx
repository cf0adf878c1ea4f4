import { Button, Menu } from '@mantine/core';
import type { RequestImage } from '@pictor/sdk';
import { IconCheck, IconChevronDown, IconCopy, IconDownload, IconLink, IconPhoto } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { usePictor } from '../common/pictor-context.ts';
import { copyBase64, copyImage, copyText } from './copy-image.ts';
import { toFileName } from './file-name.ts';
import classes from './image-actions.module.css';

type ImageActionsProps = {
  readonly image: RequestImage;
  /** Names the file. */
  readonly prompt: string;
};

/** Saves an image, or copies it: the picture, its address, its bytes. */
export function ImageActions({ image, prompt }: ImageActionsProps) {
  return (
    <>
      <CopyMenu image={image} />
      <Button
        component="a"
        href={image.url}
        download={toFileName(image, prompt)}
        variant="default"
        size="xs"
        leftSection={<IconDownload size={15} stroke={1.7} aria-hidden />}
      >
        Download
      </Button>
    </>
  );
}

const doneMs = 2_000;

type Outcome = { readonly state: 'idle' | 'busy' | 'done' } | { readonly state: 'failed'; words: string };

function CopyMenu({ image }: { readonly image: RequestImage }) {
  const pictor = usePictor();
  const [outcome, setOutcome] = useState<Outcome>({ state: 'idle' });
  useEffect(() => {
    if (outcome.state !== 'done') return;
    const timer = setTimeout(() => setOutcome({ state: 'idle' }), doneMs);
    return () => clearTimeout(timer);
  }, [outcome]);
  const run = (copy: () => Promise<void>): void => {
    setOutcome({ state: 'busy' });
    copy().then(
      () => setOutcome({ state: 'done' }),
      (error: unknown) => setOutcome({ state: 'failed', words: toWords(error) }),
    );
  };
  const isDone = outcome.state === 'done';
  return (
    <>
      <Menu position="bottom-start" withinPortal>
        <Menu.Target>
          <Button
            variant="default"
            size="xs"
            loading={outcome.state === 'busy'}
            leftSection={
              isDone ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} stroke={1.7} aria-hidden />
            }
            rightSection={<IconChevronDown size={13} stroke={1.7} aria-hidden />}
          >
            {isDone ? 'Copied' : 'Copy'}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconPhoto size={15} stroke={1.7} aria-hidden />}
            onClick={() => run(() => copyImage(pictor, image))}
          >
            Copy image
          </Menu.Item>
          <Menu.Item
            leftSection={<IconLink size={15} stroke={1.7} aria-hidden />}
            onClick={() => run(() => copyText(new URL(image.url, location.href).href))}
          >
            Copy link
          </Menu.Item>
          <Menu.Item
            leftSection={<span className={classes.sign}>64</span>}
            onClick={() => run(() => copyBase64(pictor, image))}
          >
            Copy as base64
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <span role="status" className={classes.status} data-state={outcome.state}>
        {outcome.state === 'failed' ? outcome.words : isDone ? 'Copied' : ''}
      </span>
    </>
  );
}

function toWords(error: unknown): string {
  if (error instanceof DOMException && error.name === 'NotAllowedError') {
    return 'The browser did not allow copying. Allow it for this site, or download the image.';
  }
  return error instanceof Error ? error.message : 'It could not be copied.';
}
