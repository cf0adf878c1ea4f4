import { ActionIcon, Button, FileButton, Textarea, Tooltip } from '@mantine/core';
import { IconPaperclip, IconPhotoPlus, IconSend2 } from '@tabler/icons-react';
import {
  type ClipboardEvent,
  type DragEvent,
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useState,
} from 'react';
import { ErrorNotice } from '../common/error-notice.tsx';
import { ImagePicker } from '../playground/references/image-picker.tsx';
import { DraftPictures } from './draft-pictures.tsx';
import classes from './turn-composer.module.css';
import { mostPictures, type TurnDraft, withPictures } from './turn-draft.ts';
import { pictureTypes, useAttach } from './use-attach.ts';

type TurnComposerProps = {
  readonly draft: TurnDraft;
  readonly onDraft: (edit: (now: TurnDraft) => TurnDraft) => void;
  readonly wordsRef: Ref<HTMLTextAreaElement>;
  /** How the turn is made: fields. */
  readonly setup: ReactNode;
  /** Opens the parameters of the pictures. */
  readonly options: ReactNode;
  readonly isSending: boolean;
  /** Why nothing can be sent now; null: it can. */
  readonly obstacle: string | null;
  readonly onSend: () => void;
  /** What the server refused. */
  readonly refusal: Error | null;
};

/** Writes the next turn: words, pictures by drop, paste or choice, and how it is made. */
export function TurnComposer(props: TurnComposerProps) {
  const { draft, onDraft, isSending, obstacle, onSend, refusal } = props;
  const [isOver, setOver] = useState(false);
  const [isPicking, setPicking] = useState(false);
  const attach = useAttach((pictures) => onDraft((now) => withPictures(now, pictures)));
  const canSend = draft.text.trim() !== '' && obstacle === null && !isSending && !attach.isPending;
  const take = (files: readonly File[]): void => {
    if (files.length > 0) attach.mutate(files);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (canSend) onSend();
  };
  const sendByKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (canSend) onSend();
  };
  const paste = (event: ClipboardEvent): void => {
    const files = [...event.clipboardData.files];
    if (files.length === 0) return;
    event.preventDefault();
    take(files);
  };
  const drop = (event: DragEvent): void => {
    setOver(false);
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    take([...event.dataTransfer.files]);
  };
  const dragOver = (event: DragEvent): void => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setOver(true);
  };
  return (
    <form
      className={classes.form}
      aria-label="Next turn"
      data-over={isOver}
      onSubmit={submit}
      onDragOver={dragOver}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {refusal !== null && <ErrorNotice title="The turn was refused" error={refusal} />}
      {attach.error !== null && <ErrorNotice title="The picture was not attached" error={attach.error} />}
      <DraftPictures draft={draft} onDraft={onDraft} isUploading={attach.isPending} />
      <Textarea
        ref={props.wordsRef}
        aria-label="What do you want to see or change?"
        placeholder={
          draft.edits === null
            ? 'Say what you want to see, or change…'
            : 'Say what should change in this picture…'
        }
        autosize
        minRows={1}
        maxRows={10}
        variant="unstyled"
        value={draft.text}
        onChange={({ currentTarget: { value } }) => onDraft((now) => ({ ...now, text: value }))}
        onKeyDown={sendByKey}
        onPaste={paste}
        classNames={{ input: classes.words ?? '' }}
      />
      <div className={classes.bar}>
        <FileButton multiple accept={pictureTypes.join(',')} onChange={take}>
          {(button) => (
            <Tooltip label="Attach pictures: or drop or paste them">
              <ActionIcon
                {...button}
                variant="subtle"
                color="gray"
                size="lg"
                aria-label="Attach pictures"
                loading={attach.isPending}
              >
                <IconPaperclip size={19} stroke={1.7} />
              </ActionIcon>
            </Tooltip>
          )}
        </FileButton>
        <Tooltip label="Take pictures from the gallery">
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label="Take pictures from the gallery"
            onClick={() => setPicking(true)}
          >
            <IconPhotoPlus size={19} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
        {props.options}
        <div className={classes.setup}>{props.setup}</div>
        <Button
          type="submit"
          className={classes.send ?? ''}
          disabled={!canSend && !isSending}
          loading={isSending}
          rightSection={<IconSend2 size={16} stroke={1.8} aria-hidden />}
        >
          Send
        </Button>
      </div>
      <p className={classes.hint}>{obstacle ?? 'Enter sends, Shift + Enter begins a line'}</p>
      {isPicking && (
        <ImagePicker
          room={mostPictures - draft.pictures.length}
          onAdd={(images) => onDraft((now) => withPictures(now, images))}
          onClose={() => setPicking(false)}
        />
      )}
    </form>
  );
}
