import { Button, Group, Modal, NativeSelect } from '@mantine/core';
import type { Model } from '@pictor/sdk';
import { IconPhotoAi, IconPlus, IconTrash } from '@tabler/icons-react';
import type { ChangeDraft, Draft, ImageTool } from '../draft.ts';
import { ParameterPanel } from '../parameters/parameter-panel.tsx';
import { withParameter } from '../parameters/parameters.ts';
import { ShapeRadios } from '../parameters/shape-radios.tsx';
import { findPainter, painters } from '../run/write-body.ts';
import classes from './tools-dialog.module.css';

type ToolsDialogProps = {
  readonly models: readonly Model[];
  readonly draft: Draft;
  readonly onChange: ChangeDraft;
  readonly onClose: () => void;
};

const choices = [
  { value: 'auto', label: 'The model decides' },
  { value: 'required', label: 'Must use a tool' },
  { value: 'none', label: 'Words only' },
] as const;

/** What the model of a chat may do besides writing: its built-in tools, and whether it must use them. */
export function ToolsDialog({ models, draft, onChange, onClose }: ToolsDialogProps) {
  const { tool, toolChoice } = draft;
  return (
    <Modal
      opened
      onClose={onClose}
      title="Functions & Output"
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <section aria-labelledby="built-in-tools">
        <h2 id="built-in-tools" className={classes.title}>
          Built-in tools
        </h2>
        {tool === null ? (
          <Button
            variant="default"
            leftSection={<IconPlus size={15} />}
            onClick={() => onChange({ tool: { model: undefined, parameters: {} } })}
          >
            Image generation
          </Button>
        ) : (
          <ToolCard
            models={models}
            tool={tool}
            onChange={(next) => onChange({ tool: next })}
            onRemove={() => onChange({ tool: null, toolChoice: 'auto' })}
          />
        )}
      </section>
      <div className={classes.output}>
        <ShapeRadios
          label="Output"
          isDisabled={tool === null}
          shapes={choices}
          value={toolChoice}
          onChange={(value) => {
            const chosen = choices.find((each) => each.value === value);
            if (chosen !== undefined) onChange({ toolChoice: chosen.value });
          }}
        />
      </div>
      <Group justify="flex-end" mt="md">
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Modal>
  );
}

type ToolCardProps = {
  readonly models: readonly Model[];
  readonly tool: ImageTool;
  readonly onChange: (tool: ImageTool) => void;
  readonly onRemove: () => void;
};

const serverChoice = 'default';
const actions = [
  { value: 'auto', label: 'Auto' },
  { value: 'generate', label: 'Generate' },
  { value: 'edit', label: 'Edit' },
];

function ToolCard({ models, tool, onChange, onRemove }: ToolCardProps) {
  const painter = findPainter(models, tool);
  const { action } = tool.parameters;
  return (
    <div className={classes.card}>
      <div className={classes.head}>
        <IconPhotoAi size={17} stroke={1.6} aria-hidden />
        <span className={classes.name}>Image generation</span>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          leftSection={<IconTrash size={14} />}
          onClick={onRemove}
        >
          Remove
        </Button>
      </div>
      <NativeSelect
        label="Image model"
        size="xs"
        data={[
          { value: serverChoice, label: `Default (${painter?.id ?? 'none'})` },
          ...painters(models).map(({ id, pictor }) => ({ value: id, label: pictor.title })),
        ]}
        value={tool.model ?? serverChoice}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...tool, model: value === serverChoice ? undefined : value })
        }
      />
      <ShapeRadios
        label="Action"
        shapes={actions}
        value={typeof action === 'string' ? action : 'auto'}
        onChange={(value) =>
          onChange({
            ...tool,
            parameters: withParameter(tool.parameters, 'action', value === 'auto' ? undefined : value),
          })
        }
      />
      {painter !== undefined && (
        <ParameterPanel
          model={painter}
          parameters={tool.parameters}
          without={['n', 'user', 'safety_identifier']}
          onChange={(parameters) => onChange({ ...tool, parameters })}
        />
      )}
    </div>
  );
}
