import { Modal, TextInput } from '@mantine/core';
import type { Model } from '@pictor/sdk';
import { IconCheck } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { describeModel } from './describe-model.ts';
import classes from './model-select.module.css';

type ModelDialogProps = {
  readonly models: readonly Model[];
  readonly value: Model | undefined;
  readonly onChange: (id: string) => void;
  readonly onClose: () => void;
};

/** Models to choose from, each with what it can do. Enter in the field takes the first that is found. */
export function ModelDialog({ models, value, onChange, onClose }: ModelDialogProps) {
  const [words, setWords] = useState('');
  const found = models.filter((model) => isMeant(model, words));
  const choose = (model: Model | undefined): void => {
    if (model === undefined) return;
    onChange(model.id);
    onClose();
  };
  const takeFirst = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    choose(found[0]);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title="Choose a model"
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <TextInput
        aria-label="Find a model"
        placeholder="Name, or what it should do: transparency, masks, seed…"
        data-autofocus
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        onKeyDown={takeFirst}
      />
      <ul className={classes.list}>
        {found.map((model) => (
          <li key={model.id}>
            <button
              type="button"
              className={classes.option}
              aria-current={model.id === value?.id ? 'true' : undefined}
              onClick={() => choose(model)}
            >
              <span>
                {model.pictor.title}
                <span className={classes.id}>
                  {model.id}
                  {model.pictor.stand_in && ' · sketched'}
                </span>
                <span className={classes.id}>{describeModel(model)}</span>
              </span>
              {model.id === value?.id && <IconCheck size={16} aria-hidden />}
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className={classes.none}>No model here is called so, or can do that.</p>}
    </Modal>
  );
}

function isMeant(model: Model, words: string): boolean {
  const { aliases, title } = model.pictor;
  const text = [model.id, title, ...aliases, describeModel(model)].join(' ').toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
