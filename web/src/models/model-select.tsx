import { Button } from '@mantine/core';
import type { Model } from '@pictor/sdk';
import { IconSelector } from '@tabler/icons-react';
import { lazy, Suspense, useId, useState } from 'react';
import { describeModel } from './describe-model.ts';
import classes from './model-select.module.css';

const ModelDialog = lazy(async () => ({ default: (await import('./model-dialog.tsx')).ModelDialog }));

type ModelSelectProps = {
  readonly models: readonly Model[];
  readonly value: Model | undefined;
  readonly onChange: (id: string) => void;
};

/** Shows a model with what it can do and who really draws, and opens the list of those to choose from. */
export function ModelSelect({ models, value, onChange }: ModelSelectProps) {
  const [isOpen, setOpen] = useState(false);
  const labelId = useId();
  return (
    <div>
      <div id={labelId} className={classes.label}>
        Model
      </div>
      <Button
        variant="default"
        size="xs"
        fullWidth
        justify="space-between"
        rightSection={<IconSelector size={14} aria-hidden />}
        aria-haspopup="dialog"
        aria-label={`Model: ${value?.pictor.title ?? 'none'}. Change it`}
        className={classes.button ?? ''}
        onClick={() => setOpen(true)}
      >
        {value?.pictor.title ?? 'Choose a model'}
      </Button>
      {value !== undefined && <SmallPrint model={value} />}
      <Suspense>
        {isOpen && (
          <ModelDialog models={models} value={value} onChange={onChange} onClose={() => setOpen(false)} />
        )}
      </Suspense>
    </div>
  );
}

function SmallPrint({ model }: { readonly model: Model }) {
  const { engine, stand_in: standIn, warnings } = model.pictor;
  return (
    <div className={classes.print}>
      <p>
        <code>{model.id}</code> · {engine === null ? 'no engine serves it' : `drawn by ${engine}`}
        {standIn && ', standing in'}
      </p>
      <p>{describeModel(model)}</p>
      {warnings.map((warning) => (
        <p key={warning} className={classes.warning}>
          {warning}
        </p>
      ))}
    </div>
  );
}
