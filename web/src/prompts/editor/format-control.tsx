import { SegmentedControl } from '@mantine/core';

type Format = 'f-string' | 'jinja2';

type FormatControlProps = {
  readonly label: string;
  readonly value: Format;
  readonly onChange: (format: Format) => void;
};

const formats = [
  { value: 'f-string', label: '{name}' },
  { value: 'jinja2', label: '{{ Jinja }}' },
];

/** How variables stand in texts. */
export function FormatControl({ label, value, onChange }: FormatControlProps) {
  return (
    <SegmentedControl
      size="xs"
      aria-label={label}
      data={formats}
      value={value}
      onChange={(next) => onChange(next === 'jinja2' ? 'jinja2' : 'f-string')}
    />
  );
}
