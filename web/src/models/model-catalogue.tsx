import { Chip, Select, TextInput } from '@mantine/core';
import type { Model } from '@pictor/sdk';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { EmptyState } from '../common/empty-state.tsx';
import { Loaded } from '../common/loaded.tsx';
import classes from './model-catalogue.module.css';
import { abilityWords, canDo } from './model-facts.ts';
import { ModelRow } from './model-row.tsx';
import { abilities, type ModelsSearch } from './models-search.ts';
import { useModels } from './use-models.ts';
import { vendorNames } from './vendor-names.ts';

/** Every model that can be called now, filtered by what it must be able to do. */
export function ModelCatalogue() {
  const search = useSearch({ from: '/models' });
  const navigate = useNavigate({ from: '/models' });
  const models = useModels();
  const change = (changed: Partial<ModelsSearch>, replace = true): void =>
    void navigate({ search: (before) => ({ ...before, ...changed }), replace, resetScroll: false });
  return (
    <>
      <Filters search={search} models={models.data ?? []} onChange={change} />
      <Loaded query={models} what="The models" height={400}>
        {(all) => {
          const shown = all.filter((model) => fits(model, search));
          return (
            <>
              <p className={classes.count} role="status">
                {shown.length} of {all.length} models
              </p>
              {shown.length === 0 ? (
                <EmptyState title="No model is like that">Take a filter away.</EmptyState>
              ) : (
                <ul className={classes.rows}>
                  {shown.map((model) => (
                    <ModelRow
                      key={model.id}
                      model={model}
                      isOpen={search.model === model.id}
                      onToggle={(isOpen) => change({ model: isOpen ? model.id : undefined }, false)}
                    />
                  ))}
                </ul>
              )}
            </>
          );
        }}
      </Loaded>
    </>
  );
}

type FiltersProps = {
  readonly search: ModelsSearch;
  readonly models: readonly Model[];
  readonly onChange: (changed: Partial<ModelsSearch>) => void;
};

function Filters({ search, models, onChange }: FiltersProps) {
  const vendors = [...new Set(models.map(({ pictor }) => pictor.vendor))];
  return (
    <div className={classes.filters}>
      <TextInput
        label="Search"
        placeholder="Name or id"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={search.q ?? ''}
        onChange={(event) => onChange({ q: event.currentTarget.value || undefined })}
      />
      <Select
        label="Made by"
        placeholder="Anybody"
        clearable
        data={vendors.map((vendor) => ({ value: vendor, label: vendorNames[vendor] ?? vendor }))}
        value={search.vendor ?? null}
        onChange={(vendor) => onChange({ vendor: vendor ?? undefined })}
      />
      <fieldset className={classes.chips}>
        <legend>It can</legend>
        {abilities.map((ability) => (
          <Chip
            key={ability}
            size="sm"
            checked={search.can?.includes(ability) ?? false}
            onChange={(checked) => {
              const others = search.can?.filter((each) => each !== ability) ?? [];
              const can = checked ? [...others, ability] : others;
              onChange({ can: can.length === 0 ? undefined : can });
            }}
          >
            {abilityWords[ability]}
          </Chip>
        ))}
      </fieldset>
    </div>
  );
}

function fits(model: Model, { q = '', vendor, can = [] }: ModelsSearch): boolean {
  const text = [model.id, model.pictor.title, ...model.pictor.aliases].join(' ').toLowerCase();
  const words = q.toLowerCase().split(/\s+/);
  return (
    words.every((word) => text.includes(word)) &&
    (vendor === undefined || model.pictor.vendor === vendor) &&
    can.every((ability) => canDo(model, ability))
  );
}
