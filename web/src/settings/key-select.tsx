import { Select } from '@mantine/core';
import { useKeyNames } from '../session/use-key-names.ts';

type KeySelectProps = {
  /** Empty: all keys together. */
  readonly value: string;
  readonly onChange: (id: string) => void;
};

/** Whose spending or calls count: those of all keys of the project, or of one. */
export function KeySelect({ value, onChange }: KeySelectProps) {
  const names = useKeyNames();
  const data = [
    { value: '', label: 'The whole project' },
    ...[...names].map(([id, name]) => ({ value: id, label: `Key “${name}”` })),
  ];
  return (
    <Select
      label="Counts for"
      allowDeselect={false}
      data={data}
      value={value}
      onChange={(id) => onChange(id ?? '')}
    />
  );
}
