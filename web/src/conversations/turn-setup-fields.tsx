import { Select } from '@mantine/core';
import type { Model } from '@pictor/sdk';
import classes from './turn-setup-fields.module.css';

const vendorNames: Readonly<Record<string, string>> = {
  openai: 'OpenAI',
  google: 'Google',
  pictor: 'Pictor',
};

export const automatic = 'auto';

type TurnSetupFieldsProps = {
  readonly leaders: readonly Model[];
  readonly model: string | undefined;
  readonly onModel: (model: string) => void;
  readonly painters: readonly Model[];
  /** Undefined: the server's choice. */
  readonly painter: string | undefined;
  readonly onPainter: (painter: string) => void;
};

/** Who leads the turn, and which model draws. Both may be others in every turn. */
export function TurnSetupFields(props: TurnSetupFieldsProps) {
  const { leaders, model, onModel, painters, painter, onPainter } = props;
  const leader = leaders.find(({ id }) => id === model);
  const drawsItself = leader !== undefined && leader.pictor.family !== 'text';
  return (
    <>
      <Select
        className={classes.field}
        aria-label="Led by"
        size="sm"
        searchable
        allowDeselect={false}
        nothingFoundMessage="No such model"
        maxDropdownHeight={320}
        data={toGroups(leaders, model)}
        value={model ?? null}
        onChange={(id) => id !== null && onModel(id)}
        comboboxProps={{ width: 'max-content', position: 'top-start' }}
      />
      {!drawsItself && (
        <Select
          className={classes.field}
          aria-label="Drawn by"
          size="sm"
          searchable
          allowDeselect={false}
          nothingFoundMessage="No such model"
          maxDropdownHeight={320}
          data={[{ value: automatic, label: 'Draws: automatic' }, ...toGroups(painters, painter)]}
          value={painter ?? automatic}
          onChange={(id) => id !== null && onPainter(id)}
          comboboxProps={{ width: 'max-content', position: 'top-start' }}
        />
      )}
    </>
  );
}

/** By vendor. A model that was used and is served no more stays to be seen. */
function toGroups(models: readonly Model[], chosen: string | undefined) {
  const byVendor = Map.groupBy(models, (model) => model.pictor.vendor);
  const groups = [...byVendor].map(([vendor, items]) => ({
    group: vendorNames[vendor] ?? vendor,
    items: items.map(({ id, pictor }) => ({
      value: id,
      label: pictor.stand_in ? `${pictor.title} · sketched` : pictor.title,
    })),
  }));
  if (chosen === undefined || models.some(({ id }) => id === chosen)) return groups;
  return [{ group: 'Used before', items: [{ value: chosen, label: chosen }] }, ...groups];
}
