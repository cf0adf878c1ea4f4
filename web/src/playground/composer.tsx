import { Button } from '@mantine/core';
import type { Model } from '@pictor/sdk';
import { IconCode, IconDeviceFloppy, IconTools } from '@tabler/icons-react';
import { type FormEvent, lazy, type RefObject, Suspense, useId, useState } from 'react';
import { ErrorNotice } from '../common/error-notice.tsx';
import type { useModels } from '../models/use-models.ts';
import classes from './composer.module.css';
import type { ChangeDraft, Draft } from './draft.ts';
import { EstimateLine } from './estimate/estimate-line.tsx';
import { ParameterPanel } from './parameters/parameter-panel.tsx';
import { PromptEditor } from './prompt/prompt-editor.tsx';
import { ReferenceTray } from './references/reference-tray.tsx';
import { explainRun } from './run/explain-run.ts';
import { useRun } from './run/use-run.ts';
import { findPainter, writeImagesBody } from './run/write-body.ts';
import { OpenedPromptLine } from './save/opened-prompt-line.tsx';
import { SetupPanel } from './setup/setup-panel.tsx';
import type { UsedSetup } from './setup/use-setup.ts';

const CodeDialog = lazy(async () => ({ default: (await import('./code/code-dialog.tsx')).CodeDialog }));
const SaveDialog = lazy(async () => ({ default: (await import('./save/save-dialog.tsx')).SaveDialog }));
const ToolsDialog = lazy(async () => ({ default: (await import('./tools/tools-dialog.tsx')).ToolsDialog }));

type ComposerProps = {
  readonly models: ReturnType<typeof useModels>;
  readonly setup: UsedSetup;
  readonly draft: Draft;
  readonly changeDraft: ChangeDraft;
  readonly promptRef: RefObject<HTMLTextAreaElement | null>;
  readonly isRunning: boolean;
  /** What went wrong while something was opened; null: nothing. */
  readonly openingError: Error | null;
  readonly isPainting: boolean;
  readonly onPaint: (isOpen: boolean) => void;
  /** Told the key of a run before anything is sent. */
  readonly onStarted: (runKey: string) => void;
};

/** The form: who draws, what is said, what goes in, and how it is to come out. */
export function Composer(props: ComposerProps) {
  const { models, setup, draft, changeDraft, isRunning } = props;
  const { api, model, parameters, choose } = setup;
  const all = models.data ?? [];
  const [dialog, setDialog] = useState<'code' | 'save' | 'tools'>();
  const close = (): void => setDialog(undefined);
  const hintId = useId();
  const problem = explainRun(draft, setup);
  const startRun = useRun(all, props.onStarted);
  const run = (): void => {
    if (problem === null && !isRunning && model !== undefined) startRun(draft, { api, model, parameters });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    run();
  };
  return (
    <form className={classes.form} onSubmit={submit} aria-label="New picture">
      <div className={classes.body}>
        <div className={classes.head}>
          <h1 className={classes.title}>Playground</h1>
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            leftSection={<IconCode size={15} stroke={1.7} />}
            onClick={() => setDialog('code')}
          >
            Code
          </Button>
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            leftSection={<IconDeviceFloppy size={15} stroke={1.7} />}
            onClick={() => setDialog('save')}
          >
            Save
          </Button>
        </div>
        {draft.opened !== null && <OpenedPromptLine opened={draft.opened} changeDraft={changeDraft} />}
        {props.openingError !== null && (
          <ErrorNotice title="It could not be opened" error={props.openingError} />
        )}
        {models.error !== null && (
          <ErrorNotice
            title="Models could not be loaded"
            error={models.error}
            onRetry={() => void models.refetch()}
          />
        )}
        <SetupPanel models={all} setup={setup} />
        <PromptEditor
          draft={draft}
          onChange={changeDraft}
          isChat={api === 'responses'}
          promptRef={props.promptRef}
          onRun={run}
          hintId={hintId}
          maxChars={model?.pictor.prompt_max_chars}
        />
        {api === 'responses' && (
          <Button
            variant="default"
            justify="space-between"
            leftSection={<IconTools size={15} stroke={1.7} />}
            rightSection={<span className={classes.tools}>{tellTool(draft, all)}</span>}
            onClick={() => setDialog('tools')}
          >
            Functions & Output
          </Button>
        )}
        <References {...props} />
        {api === 'gemini' && (
          <p className={classes.modalities}>Answers with words and pictures: TEXT + IMAGE</p>
        )}
        {model !== undefined && api !== 'responses' && (
          <ParameterPanel
            model={model}
            parameters={parameters}
            onChange={(next) => choose({ model: model.id, parameters: next })}
          />
        )}
      </div>
      <div className={classes.foot}>
        <EstimateLine
          body={
            problem === null && model !== undefined && api !== 'responses'
              ? writeImagesBody(draft, model, parameters)
              : null
          }
          fallback={
            problem ?? (api === 'responses' ? 'What a chat costs is known when it is over.' : 'Estimating…')
          }
        />
        <Button
          type="submit"
          size="md"
          fullWidth
          disabled={problem !== null && !isRunning}
          loading={isRunning}
        >
          Run
        </Button>
        <p id={hintId} className={classes.hint}>
          {isMac() ? '⌘ Enter' : 'Ctrl + Enter'} runs the prompt
        </p>
      </div>
      <Suspense>
        {dialog === 'tools' && (
          <ToolsDialog models={all} draft={draft} onChange={changeDraft} onClose={close} />
        )}
        {dialog === 'code' && model !== undefined && (
          <CodeDialog models={all} draft={draft} setup={{ api, model, parameters }} onClose={close} />
        )}
        {dialog === 'save' && model !== undefined && (
          <SaveDialog
            models={all}
            draft={draft}
            setup={{ api, model, parameters }}
            onSaved={(opened) => {
              changeDraft({ opened });
              choose({ model: model.id, parameters, prompt_id: opened.promptId, version: opened.version });
            }}
            onClose={close}
          />
        )}
      </Suspense>
    </form>
  );
}

/** The tray of references, by what the one who draws takes. */
function References({ models, setup, draft, changeDraft, isPainting, onPaint }: ComposerProps) {
  const all = models.data ?? [];
  const painter =
    setup.api === 'responses' && draft.tool !== null ? findPainter(all, draft.tool) : setup.model;
  const rule = painter?.pictor.edits ?? null;
  if (rule === null) {
    if (draft.references.length === 0 || setup.model === undefined) return null;
    return (
      <p className={classes.modalities}>
        {setup.model.pictor.title} takes no pictures: the references wait for another model.
      </p>
    );
  }
  return (
    <ReferenceTray
      draft={draft}
      onChange={changeDraft}
      rule={rule}
      isPainting={isPainting}
      onPaint={onPaint}
    />
  );
}

function tellTool({ tool }: Draft, models: readonly Model[]): string {
  if (tool === null) return 'no tools';
  return tool.model ?? findPainter(models, tool)?.id ?? 'draws';
}

function isMac(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}
