import { Button, Select, Textarea } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, type Ref, useId } from 'react';
import { ErrorNotice } from '../common/error-notice.tsx';
import { ModelSelect } from '../models/model-select.tsx';
import type { useGenerationModels } from '../models/use-models.ts';
import classes from './composer.module.css';
import type { CreateSearch } from './create-search.ts';
import type { Choices, FormChoices } from './read-choices.ts';

type ComposerProps = {
  readonly prompt: string;
  readonly onPrompt: (text: string) => void;
  readonly promptRef: Ref<HTMLTextAreaElement>;
  readonly models: ReturnType<typeof useGenerationModels>;
  readonly choices: FormChoices;
  /** Changes what the address keeps. */
  readonly onChoose: (change: Partial<CreateSearch>) => void;
  readonly isRunning: boolean;
  readonly onRun: () => void;
};

/** The form: a prompt, a model, and what the model lets one choose. */
export function Composer(props: ComposerProps) {
  const { prompt, onPrompt, models, choices, onChoose, isRunning, onRun } = props;
  const canRun = prompt.trim() !== '' && choices.model !== undefined && !isRunning;
  const hintId = useId();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (canRun) onRun();
  };
  const runByKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (canRun) onRun();
  };
  return (
    <form className={classes.form} onSubmit={submit} aria-label="New picture">
      <Textarea
        ref={props.promptRef}
        label="Prompt"
        placeholder="A lighthouse at dusk, a storm coming in from the sea…"
        autosize
        minRows={5}
        maxRows={16}
        autoFocus
        value={prompt}
        onChange={(event) => onPrompt(event.currentTarget.value)}
        onKeyDown={runByKey}
        aria-describedby={hintId}
        classNames={{ input: classes.prompt ?? '' }}
      />
      {models.error !== null && (
        <ErrorNotice
          title="Models could not be loaded"
          error={models.error}
          onRetry={() => void models.refetch()}
        />
      )}
      <ModelSelect
        models={models.data ?? []}
        value={choices.model}
        onChange={(model) => onChoose({ model, size: undefined, quality: undefined })}
      />
      <div className={classes.choices}>
        <ChoiceSelect label="Size" choices={choices.size} onChange={(size) => onChoose({ size })} />
        <ChoiceSelect
          label="Quality"
          choices={choices.quality}
          onChange={(quality) => onChoose({ quality })}
        />
        <ChoiceSelect
          label="Pictures"
          choices={choices.count}
          onChange={(count) => onChoose({ n: count === undefined ? undefined : Number(count) })}
        />
      </div>
      <div>
        <Button type="submit" size="md" fullWidth disabled={!canRun && !isRunning} loading={isRunning}>
          Run
        </Button>
        <p id={hintId} className={classes.hint}>
          {isMac() ? '⌘ Enter' : 'Ctrl + Enter'} runs the prompt
        </p>
      </div>
    </form>
  );
}

type ChoiceSelectProps = {
  readonly label: string;
  readonly choices: Choices | null;
  /** Undefined: the default. */
  readonly onChange: (value: string | undefined) => void;
};

function ChoiceSelect({ label, choices, onChange }: ChoiceSelectProps) {
  if (choices === null) return null;
  return (
    <Select
      label={label}
      allowDeselect={false}
      data={choices.options.map((option) => ({ ...option }))}
      value={choices.value}
      onChange={(value) => onChange(value === null || value === choices.fallback ? undefined : value)}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
    />
  );
}

function isMac(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}
