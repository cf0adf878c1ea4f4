import { Button } from '@mantine/core';
import type { ConversationPicture, ConversationTurn, RequestImage, TurnItem } from '@pictor/sdk';
import { IconGitBranch, IconPencil, IconPhotoPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ErrorNotice } from '../common/error-notice.tsx';
import { formatDuration, formatUsd } from '../common/format-values.ts';
import { AdjustmentNotes } from '../requests/adjustment-notes.tsx';
import { ImageCard } from '../viewer/image-card.tsx';
import type { BranchPoint } from './branch-conversation.ts';
import { LongText } from './long-text.tsx';
import { RunningTurn } from './running-turn.tsx';
import classes from './turn-view.module.css';

export type TurnActions = {
  /** Makes the picture what the next turn changes. */
  readonly onEdit: (itemId: string, image: ConversationPicture) => void;
  /** Puts the picture beside the words of the next turn. */
  readonly onReference: (image: ConversationPicture) => void;
  readonly onBranch: (point: BranchPoint) => void;
  readonly onRetry: (turn: ConversationTurn) => void;
};

type TurnViewProps = TurnActions & {
  readonly conversationId: string;
  readonly turn: ConversationTurn;
  /** Counts from 1 within what is loaded; null: earlier turns are not. */
  readonly number: number;
  readonly isLast: boolean;
};

/** One turn: what was said, what was answered, what it cost. */
export function TurnView(props: TurnViewProps) {
  const { turn, number, isLast, onBranch, onRetry } = props;
  const isRunning = turn.status === 'queued' || turn.status === 'in_progress';
  return (
    <article className={classes.turn} aria-label={`Turn ${number}`}>
      <Question turn={turn} />
      <div className={classes.answer}>
        <Facts turn={turn} />
        {isRunning ? (
          <RunningTurn conversationId={props.conversationId} turn={turn} />
        ) : (
          turn.output.map((item) => <OutputItem key={item.id} item={item} {...props} />)
        )}
        <Ending turn={turn} onRetry={isLast ? () => onRetry(turn) : undefined} />
        {!isRunning && <Notes turn={turn} />}
        {turn.status === 'completed' && (
          <div className={classes.actions}>
            <Button
              size="xs"
              variant="subtle"
              color="gray"
              leftSection={<IconGitBranch size={15} stroke={1.7} aria-hidden />}
              onClick={() => onBranch({ turnId: turn.id })}
            >
              Branch after this turn
            </Button>
          </div>
        )}
      </div>
    </article>
  );
}

function Question({ turn }: { readonly turn: ConversationTurn }) {
  const pictures = turn.input.flatMap(({ type, images }) => images.map((image) => ({ type, image })));
  const words = turn.input
    .map(({ text }) => text)
    .filter((text) => text !== '')
    .join('\n\n');
  return (
    <div className={classes.question}>
      {words !== '' && (
        <div className={classes.said}>
          <LongText text={words} />
        </div>
      )}
      {pictures.length > 0 && (
        <ul className={classes.pictures}>
          {pictures.map(({ type, image }) => (
            <li key={image.id}>
              <a href={image.url} target="_blank" rel="noreferrer">
                <img
                  src={image.thumbnail_url}
                  alt={type === 'image_generation_call' ? 'To change' : 'Sent along'}
                  width={72}
                  height={72}
                  loading="lazy"
                />
              </a>
              {type === 'image_generation_call' && <span className={classes.mark}>to change</span>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Facts({ turn }: { readonly turn: ConversationTurn }) {
  const { model, director, cost, created_at: from, completed_at: to, status } = turn;
  const known = status === 'queued' || status === 'in_progress' ? null : cost;
  return (
    <p className={classes.facts}>
      <strong>{model ?? 'Carried along'}</strong>
      {director !== null && director !== model && <span>led by {director}</span>}
      {known !== null && <span>{known === 0 ? 'free' : formatUsd(known)}</span>}
      {status === 'completed' && model !== null && cost === null && <span>cost unknown</span>}
      {to !== null && to > from && <span>{formatDuration((to - from) * 1000)}</span>}
    </p>
  );
}

function OutputItem({ item, turn, ...actions }: TurnViewProps & { readonly item: TurnItem }): ReactNode {
  switch (item.type) {
    case 'message':
      return item.text === '' ? null : <LongText text={item.text} />;
    case 'image_generation_call':
      return <Picture item={item} turn={turn} {...actions} />;
    case 'reasoning':
      return null;
    default:
      return (
        <p className={classes.other}>
          <code>{item.type}</code> {item.text}
        </p>
      );
  }
}

function Picture({
  item,
  turn,
  onEdit,
  onReference,
  onBranch,
}: Omit<TurnViewProps, 'isLast'> & { readonly item: TurnItem }) {
  const [image] = item.images;
  if (image === undefined) {
    if (item.error === null) return <p className={classes.other}>The picture of this turn is deleted.</p>;
    const { message, code } = item.error;
    return (
      <ErrorNotice
        title="No picture was made"
        error={{ message, code: code ?? null, param: null, requestId: item.request }}
      />
    );
  }
  const shown: RequestImage = {
    ...image,
    revised_prompt: item.revised_prompt,
    ...(item.request === null ? {} : { request: item.request }),
  };
  return (
    <div className={classes.picture}>
      <ImageCard image={shown} callId={item.id} />
      <div className={classes.actions}>
        <Button
          size="xs"
          variant="light"
          leftSection={<IconPencil size={15} stroke={1.7} aria-hidden />}
          onClick={() => onEdit(item.id, image)}
        >
          Edit this picture
        </Button>
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          leftSection={<IconPhotoPlus size={15} stroke={1.7} aria-hidden />}
          onClick={() => onReference(image)}
        >
          Add to the next turn
        </Button>
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          leftSection={<IconGitBranch size={15} stroke={1.7} aria-hidden />}
          onClick={() => onBranch({ turnId: turn.id, itemId: item.id })}
        >
          Branch from here
        </Button>
      </div>
    </div>
  );
}

/** What was done otherwise. What concerns the tool is told by the card of its picture. */
function Notes({ turn }: { readonly turn: ConversationTurn }) {
  const hasPicture = turn.output.some(({ images }) => images.length > 0);
  const isOfTool = (parameter: string): boolean => turn.tools.some((tool) => parameter in tool);
  const adjustments = turn.adjustments.filter(({ parameter }) => !hasPicture || !isOfTool(parameter));
  return <AdjustmentNotes adjustments={adjustments} warnings={hasPicture ? [] : turn.warnings} />;
}

const endings: Readonly<
  Partial<Record<ConversationTurn['status'], readonly [title: string, words: string]>>
> = {
  failed: ['This turn failed', 'No reason was given.'],
  cancelled: ['This turn was stopped', 'It is no part of what the model is told next.'],
  incomplete: ['This turn ended early', 'The model stopped before it was done.'],
};

function Ending({
  turn,
  onRetry,
}: {
  readonly turn: ConversationTurn;
  readonly onRetry: (() => void) | undefined;
}) {
  const ending = endings[turn.status];
  if (ending === undefined) return null;
  const [title, words] = ending;
  return (
    <ErrorNotice
      title={title}
      error={{
        message: turn.error?.message ?? words,
        code: turn.error?.code ?? null,
        param: null,
        requestId: turn.response,
      }}
      {...(onRetry === undefined ? {} : { onRetry })}
    />
  );
}
