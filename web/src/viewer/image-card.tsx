import { ActionIcon, Button, Tooltip } from '@mantine/core';
import type { RequestImage, RequestSummary } from '@pictor/sdk';
import { IconBrush, IconMaximize, IconPhotoAi, IconPhotoPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type CSSProperties, type ReactNode, useId, useState } from 'react';
import { formatBytes, formatMediaType, formatSize } from '../common/format-values.ts';
import { AdjustmentNotes } from '../requests/adjustment-notes.tsx';
import { RequestCost } from '../requests/request-facts.tsx';
import { useRequest } from '../requests/use-requests.ts';
import { ImageActions } from './image-actions.tsx';
import classes from './image-card.module.css';
import { FamilySection } from './image-family.tsx';
import { ImageParameters } from './image-parameters.tsx';
import { ImageViewer } from './lazy-image-viewer.tsx';
import { readPrompt } from './read-prompt.ts';

type ImageCardProps = {
  readonly image: RequestImage;
  /** What it was made by. Default: read from the server, where the image says which request it belongs to. */
  readonly request?: RequestSummary | undefined;
  /** The id of the tool call that made it. */
  readonly callId?: string | undefined;
  /** What it was asked with. Default: the parameters of the request. */
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
  /** Opens it larger. Default: a viewer of this image alone. */
  readonly onOpen?: (() => void) | undefined;
  /** Family is read and shown at once. Default: when it is opened. */
  readonly showsFamily?: boolean | undefined;
  /** Shows the bytes as they are instead of the thumbnail: for the one large image of a page. Default: false. */
  readonly isWhole?: boolean | undefined;
  /** Model, engine, cost and notes are told beside it, so it leaves them out. Default: false. */
  readonly isBesideFacts?: boolean | undefined;
};

/** A generated image with all that is known of it: what was asked, what was done, what it cost, where it came from. */
export function ImageCard(props: ImageCardProps) {
  const { image, request } = props;
  if (request !== undefined || typeof image.request !== 'string') return <Card {...props} />;
  return <CardOfRequest {...props} requestId={image.request} />;
}

function CardOfRequest({ requestId, ...props }: ImageCardProps & { readonly requestId: string }) {
  const { data } = useRequest(requestId);
  return <Card {...props} request={data} />;
}

function Card(props: ImageCardProps) {
  const { image, request, callId, parameters, onOpen } = props;
  const { showsFamily = false, isWhole = false, isBesideFacts = false } = props;
  const [isViewing, setViewing] = useState(false);
  const titleId = useId();
  const prompt = request?.prompt ?? readPrompt(image);
  return (
    <article className={classes.card} aria-labelledby={titleId}>
      <header className={classes.header}>
        <IconPhotoAi size={17} stroke={1.6} aria-hidden />
        <span id={titleId} className={classes.title}>
          Image Generation
        </span>
        {callId !== undefined && <code className={classes.call}>{callId}</code>}
      </header>
      <div className={classes.body}>
        <ImageParameters
          parameters={parameters ?? request?.parameters ?? {}}
          adjustments={request?.adjustments ?? []}
        />
        <RevisedPrompt text={image.revised_prompt} prompt={prompt} />
        <Preview
          image={image}
          name={prompt === '' ? 'Result' : prompt}
          isWhole={isWhole}
          onOpen={onOpen ?? (() => setViewing(true))}
        />
        <Actions image={image} prompt={prompt} />
        {request !== undefined && !isBesideFacts && (
          <>
            <Facts request={request} />
            <AdjustmentNotes adjustments={request.adjustments} warnings={request.warnings} />
          </>
        )}
        <FamilySection imageId={image.id} isOpenAtFirst={showsFamily} />
      </div>
      {isViewing && (
        <ImageViewer
          images={[{ ...image, prompt }]}
          index={0}
          onIndex={() => undefined}
          onClose={() => setViewing(false)}
        />
      )}
    </article>
  );
}

type RevisedPromptProps = { readonly text: string | null; readonly prompt: string };

function RevisedPrompt({ text, prompt }: RevisedPromptProps) {
  if (text === null || text === '' || text === prompt) return null;
  return (
    <details className={classes.revised}>
      <summary>Revised prompt</summary>
      <p>{text}</p>
    </details>
  );
}

type PreviewProps = {
  readonly image: RequestImage;
  readonly name: string;
  readonly isWhole: boolean;
  readonly onOpen: () => void;
};

function Preview({ image, name, isWhole, onOpen }: PreviewProps) {
  const style = { '--ratio': image.width / image.height } as CSSProperties;
  return (
    <div className={classes.preview} style={style} data-whole={isWhole}>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the button does the same; an image keeps its own menu */}
      <img
        key={image.id}
        src={isWhole ? image.url : image.thumbnail_url}
        alt={name}
        width={image.width}
        height={image.height}
        decoding="async"
        onClick={onOpen}
      />
      <Tooltip label="Open the viewer" openDelay={400}>
        <ActionIcon
          className={classes.open ?? ''}
          variant="default"
          size="lg"
          aria-label="Open the viewer"
          onClick={onOpen}
        >
          <IconMaximize size={17} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

function Actions({ image, prompt }: { readonly image: RequestImage; readonly prompt: string }) {
  return (
    <div className={classes.actions}>
      <span className={classes.file}>
        {formatSize(`${image.width}x${image.height}`)} · {formatMediaType(image.media_type)} ·{' '}
        {formatBytes(image.bytes)}
      </span>
      <ImageActions image={image} prompt={prompt} />
      <ToPlayground references={image.id} icon={<IconPhotoPlus size={15} stroke={1.7} aria-hidden />}>
        Use as reference
      </ToPlayground>
      <ToPlayground references={image.id} mask={1} icon={<IconBrush size={15} stroke={1.7} aria-hidden />}>
        Edit with a mask
      </ToPlayground>
    </div>
  );
}

type ToPlaygroundProps = {
  readonly references: string;
  /** 1: the mask painter opens on the first reference. */
  readonly mask?: 1;
  readonly icon: ReactNode;
  readonly children: ReactNode;
};

function ToPlayground({ references, mask, icon, children }: ToPlaygroundProps) {
  return (
    <Button
      renderRoot={(props) => <Link to="/" search={{ references, mask }} {...props} />}
      variant="subtle"
      color="gray"
      size="xs"
      leftSection={icon}
    >
      {children}
    </Button>
  );
}

function Facts({ request }: { readonly request: RequestSummary }) {
  const { model, model_id: modelId, engine, provider, images } = request;
  return (
    <dl className={classes.facts}>
      <div>
        <dt>Model</dt>
        <dd>{model === modelId ? model : `${model} → ${modelId}`}</dd>
      </div>
      <div>
        <dt>Engine</dt>
        <dd>
          {engine === null
            ? 'none yet'
            : provider === null || provider === engine
              ? engine
              : `${engine} (${provider})`}
        </dd>
      </div>
      <div>
        <dt>{images.length > 1 ? `Cost of ${images.length} pictures` : 'Cost'}</dt>
        <dd>
          <RequestCost request={request} />
        </dd>
      </div>
    </dl>
  );
}
