import { Button, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ShareFields } from './share-fields.tsx';
import classes from './split-dialog.module.css';
import type { Segment } from './split-rules.ts';

type SegmentFieldsProps = {
  readonly name: string;
  readonly latest: number;
  readonly segment: Segment;
  readonly onChange: (segment: Segment) => void;
  readonly onRemove: () => void;
};

/** Shares of their own for requests whose metadata fits. Conditions beyond the first stay as they are. */
export function SegmentFields({ name, latest, segment, onChange, onRemove }: SegmentFieldsProps) {
  const [[first = '', values = []] = [], ...others] = Object.entries(segment.metadata);
  const [key, setKey] = useState(first);
  const set = (nextKey: string, nextValues: readonly string[]): void =>
    onChange({ ...segment, metadata: { [nextKey]: [...nextValues], ...Object.fromEntries(others) } });
  return (
    <div className={classes.segment}>
      <div className={classes.condition}>
        <TextInput
          label={`${name}: metadata key`}
          value={key}
          onChange={(event) => {
            setKey(event.currentTarget.value);
            set(event.currentTarget.value, values);
          }}
        />
        <TagsInput
          label="is one of"
          placeholder="Add a value"
          clearable={false}
          value={[...values]}
          onChange={(next) => set(key, next)}
        />
        <Button variant="subtle" color="gray" size="compact-sm" onClick={onRemove}>
          Remove {name.toLowerCase()}
        </Button>
      </div>
      {others.length > 0 && (
        <p className={classes.words}>
          and {others.map(([other, wanted]) => `${other} is ${wanted.join(' or ')}`).join(', and ')}
        </p>
      )}
      <ShareFields
        name={`${name}, shares`}
        latest={latest}
        shares={segment.shares}
        onChange={(shares) => onChange({ ...segment, shares })}
      />
    </div>
  );
}
