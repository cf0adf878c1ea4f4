import { Button, TextInput } from '@mantine/core';
import type { SizeRule } from '@pictor/sdk';
import { useState } from 'react';
import { formatSize } from '../../common/format-values.ts';
import { explainSize, type FreeSizes, nearestSize, readSize } from './check-size.ts';
import { ratioOf } from './ratio-picture.tsx';
import { type Shape, ShapeRadios } from './shape-radios.tsx';
import classes from './size-field.module.css';

type SizeFieldProps = {
  readonly rule: Exclude<SizeRule, { kind: 'ratio-table' }>;
  /** Undefined: the model's default. */
  readonly value: string | undefined;
  readonly onChange: (size: string | undefined) => void;
};

const custom = 'custom';

/** The size in pixels: those that are offered as pictures of their shape, and any other where the model is free. */
export function SizeField({ rule, value, onChange }: SizeFieldProps) {
  const offered = rule.kind === 'free' ? rule.common : rule.sizes;
  const sizes = ['auto', ...offered.filter((size) => size !== 'auto')];
  const chosen = value ?? rule.default;
  const [isTyping, setTyping] = useState(!sizes.includes(chosen));
  const isCustom = rule.kind === 'free' && (isTyping || !sizes.includes(chosen));
  const shapes: readonly Shape[] = [
    ...sizes.map((size) => ({
      value: size,
      label: size === 'auto' ? 'Auto' : formatSize(size),
      ratio: ratioOf(size),
    })),
    ...(rule.kind === 'free'
      ? [{ value: custom, label: 'Custom…', ratio: isCustom ? ratioOf(chosen) : null }]
      : []),
  ];
  const choose = (size: string): void => {
    setTyping(size === custom);
    if (size !== custom) onChange(size === rule.default ? undefined : size);
    else if (readSize(chosen) === null) onChange(offered.find((each) => readSize(each) !== null));
  };
  return (
    <ShapeRadios label="Size" shapes={shapes} value={isCustom ? custom : chosen} onChange={choose}>
      {isCustom && rule.kind === 'free' && <FreeSize rule={rule} value={chosen} onChange={onChange} />}
    </ShapeRadios>
  );
}

type FreeSizeProps = {
  readonly rule: FreeSizes;
  readonly value: string;
  readonly onChange: (size: string) => void;
};

/** Width and height by hand, judged while they are typed. */
function FreeSize({ rule, value, onChange }: FreeSizeProps) {
  const size = readSize(value) ?? { width: 0, height: 0 };
  const problem = explainSize(rule, size.width, size.height);
  const nearest = problem === null ? null : nearestSize(rule, size.width, size.height);
  const edge = (label: string, pixels: number, write: (text: string) => string) => (
    <TextInput
      label={label}
      size="xs"
      inputMode="numeric"
      autoComplete="off"
      value={pixels === 0 ? '' : String(pixels)}
      error={problem !== null}
      onChange={(event) => onChange(write(event.currentTarget.value.replace(/\D/g, '').slice(0, 5) || '0'))}
    />
  );
  return (
    <div className={classes.free}>
      {edge('Width', size.width, (text) => `${Number(text)}x${size.height}`)}
      {edge('Height', size.height, (text) => `${size.width}x${Number(text)}`)}
      <div className={classes.verdict} role="status" data-bad={problem !== null}>
        {problem ?? `Fits: ${formatPixels(size.width * size.height)}, multiples of ${rule.multipleOf}.`}
        {nearest !== null && (
          <Button variant="subtle" size="compact-xs" onClick={() => onChange(nearest)}>
            Use {formatSize(nearest)}
          </Button>
        )}
      </div>
    </div>
  );
}

function formatPixels(pixels: number): string {
  return `${(pixels / 1e6).toFixed(1)} megapixels`;
}
