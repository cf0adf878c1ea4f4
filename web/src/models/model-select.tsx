import { type ComboboxItem, Select } from '@mantine/core';
import type { Model } from '@pictor/sdk';
import { IconCheck } from '@tabler/icons-react';
import { describeModel } from './describe-model.ts';
import classes from './model-select.module.css';
import { vendorNames } from './vendor-names.ts';

type ModelSelectProps = {
  readonly models: readonly Model[];
  readonly value: Model | undefined;
  readonly onChange: (id: string) => void;
};

/** Chooses a model, and says in small print who really draws and what is to be known about it. */
export function ModelSelect({ models, value, onChange }: ModelSelectProps) {
  return (
    <div>
      <Select
        label="Model"
        size="xs"
        placeholder="Choose a model"
        searchable
        allowDeselect={false}
        nothingFoundMessage="No such model"
        maxDropdownHeight={360}
        data={toGroups(models)}
        value={value?.id ?? null}
        onChange={(id) => {
          if (id !== null) onChange(id);
        }}
        renderOption={({ option, checked }) => <Option option={option} checked={checked} models={models} />}
      />
      {value !== undefined && <SmallPrint model={value} />}
    </div>
  );
}

function toGroups(models: readonly Model[]) {
  const byVendor = Map.groupBy(models, (model) => model.pictor.vendor);
  return [...byVendor].map(([vendor, items]) => ({
    group: vendorNames[vendor] ?? vendor,
    items: items.map((model) => ({ value: model.id, label: model.pictor.title })),
  }));
}

type OptionProps = {
  readonly option: ComboboxItem;
  readonly checked: boolean | undefined;
  readonly models: readonly Model[];
};

function Option({ option, checked, models }: OptionProps) {
  const model = models.find((candidate) => candidate.id === option.value);
  return (
    <span className={classes.option}>
      <span>
        {option.label}
        <span className={classes.id}>
          {option.value}
          {model?.pictor.stand_in === true && ' · sketched'}
        </span>
        {model !== undefined && <span className={classes.id}>{describeModel(model)}</span>}
      </span>
      {checked === true && <IconCheck size={16} aria-hidden />}
    </span>
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
