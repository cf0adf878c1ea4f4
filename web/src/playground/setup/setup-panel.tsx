import { NativeSelect } from '@mantine/core';
import type { Model } from '@pictor/sdk';
import { ModelSelect } from '../../models/model-select.tsx';
import { apis } from '../playground-search.ts';
import { firstModelOf } from './apis.ts';
import classes from './setup-panel.module.css';
import type { UsedSetup } from './use-setup.ts';

type SetupPanelProps = {
  /** All that the server has. */
  readonly models: readonly Model[];
  readonly setup: UsedSetup;
};

/** Who makes the picture, and by which wire: each choice narrows the next. */
export function SetupPanel({ models, setup }: SetupPanelProps) {
  const { api, model, parameters, provider, choose } = setup;
  const chooseModel = (next: Model | undefined): void => {
    if (next !== undefined) choose({ model: next.id, parameters });
  };
  return (
    <div className={classes.setup}>
      <NativeSelect
        label="Provider"
        size="xs"
        data={[...setup.providers]}
        value={provider}
        onChange={(event) => chooseModel(firstModelOf(models, event.currentTarget.value, undefined))}
      />
      <NativeSelect
        label="API"
        size="xs"
        data={[...setup.apis]}
        value={api}
        onChange={(event) =>
          chooseModel(
            firstModelOf(
              models,
              provider,
              apis.find((each) => each === event.currentTarget.value),
            ),
          )
        }
      />
      <div className={classes.model}>
        <ModelSelect
          models={setup.models}
          value={model}
          onChange={(id) => chooseModel(setup.models.find((each) => each.id === id))}
        />
      </div>
    </div>
  );
}
