import { ActionIcon, Button, NumberInput, Select } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { removeAt, replaceAt } from '../editor/template-changes.ts';
import classes from './split-dialog.module.css';
import { type Share, sumOf } from './split-rules.ts';

type ShareFieldsProps = {
  /** Whose shares they are. */
  readonly name: string;
  readonly latest: number;
  readonly shares: readonly Share[];
  readonly onChange: (shares: Share[]) => void;
};

/** Versions and their percentages, which make 100. */
export function ShareFields({ name, latest, shares, onChange }: ShareFieldsProps) {
  const versions = Array.from({ length: latest }, (_, index) => String(latest - index));
  const sum = sumOf(shares);
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{name}</legend>
      {shares.map((share, index) => {
        const place = `${name}, share ${index + 1}`;
        return (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: a share has no identity but its place
            key={index}
            className={classes.share}
          >
            <Select
              aria-label={`${place}, version`}
              allowDeselect={false}
              data={versions.map((value) => ({ value, label: `Version ${value}` }))}
              value={String(share.version)}
              onChange={(value) => onChange(replaceAt(shares, index, { ...share, version: Number(value) }))}
            />
            <NumberInput
              aria-label={`${place}, percent`}
              suffix=" %"
              min={0}
              max={100}
              decimalScale={2}
              value={share.percent}
              onChange={(value) =>
                onChange(
                  replaceAt(shares, index, { ...share, percent: typeof value === 'number' ? value : 0 }),
                )
              }
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Remove ${place}`}
              disabled={shares.length === 1}
              onClick={() => onChange(removeAt(shares, index))}
            >
              <IconTrash size={16} stroke={1.7} />
            </ActionIcon>
          </div>
        );
      })}
      <div className={classes.sum}>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconPlus size={14} stroke={1.8} aria-hidden />}
          onClick={() => onChange([...shares, { version: latest, percent: Math.max(0, 100 - sum) }])}
        >
          Add version
        </Button>
        <span data-wrong={sum !== 100} role="status">
          {sum === 100 ? '100 %' : `${sum} %: the shares have to make 100 %`}
        </span>
      </div>
    </fieldset>
  );
}
