import { Button, Select } from '@mantine/core';
import type { Model, PromptTemplate } from '@pictor/sdk';
import { IconPlus } from '@tabler/icons-react';
import { useGenerationModels } from '../../models/use-models.ts';
import { MoveButtons } from './block-list.tsx';
import { JsonField } from './json-field.tsx';
import classes from './message-list.module.css';
import { isRecord, ParameterFields } from './parameter-fields.tsx';
import { Section } from './section.tsx';
import { moveBy, removeAt, replaceAt } from './template-changes.ts';

type Chat = Extract<PromptTemplate, { type: 'chat' }>;
type Tool = NonNullable<Chat['tools']>[number];

type ToolsSectionProps = {
  readonly template: Chat;
  readonly onChange: (template: Chat) => void;
};

const painter = 'image_generation';
const choices = ['auto', 'required', 'none', painter];

/** What the model of a chat may call: the image tool with its settings, and functions. */
export function ToolsSection({ template, onChange }: ToolsSectionProps) {
  const tools = template.tools ?? [];
  const set = (next: Tool[]): void => onChange({ ...template, tools: next });
  const hasPainter = tools.some(({ type }) => type === painter);
  return (
    <Section title="Tools">
      {tools.map((tool, index) => {
        const name = `Tool ${index + 1}`;
        return (
          <section
            // biome-ignore lint/suspicious/noArrayIndexKey: a tool has no identity but its place
            key={index}
            aria-label={name}
            className={classes.message}
          >
            <div className={classes.head}>
              <code>{tool.type}</code>
              <MoveButtons
                name={name}
                isFirst={index === 0}
                isLast={index === tools.length - 1}
                onMove={(step) => set(moveBy(tools, index, step))}
                onRemove={() => set(removeAt(tools, index))}
              />
            </div>
            {tool.type === painter ? (
              <PainterFields tool={tool} onChange={(next) => set(replaceAt(tools, index, next))} />
            ) : (
              <JsonField
                label="Tool as JSON"
                value={tool}
                onValue={(value) => {
                  if (isTool(value)) set(replaceAt(tools, index, value));
                }}
              />
            )}
          </section>
        );
      })}
      <div className={classes.role}>
        <Button
          variant="default"
          size="xs"
          disabled={hasPainter}
          leftSection={<IconPlus size={14} stroke={1.8} aria-hidden />}
          onClick={() => set([...tools, { type: painter, config: {} }])}
        >
          Image tool
        </Button>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} stroke={1.8} aria-hidden />}
          onClick={() =>
            set([...tools, { type: 'function', name: 'look_up', parameters: { type: 'object' } }])
          }
        >
          Function
        </Button>
        {tools.length > 0 && (
          <Select
            size="xs"
            aria-label="Which tool the model has to call"
            placeholder="tool_choice: auto"
            clearable
            clearButtonProps={{ 'aria-label': 'Clear tool_choice' }}
            data={choices.map((value) => ({ value, label: `tool_choice: ${value}` }))}
            value={toChoice(template.tool_choice)}
            onChange={(value) => onChange(withChoice(template, value))}
          />
        )}
      </div>
    </Section>
  );
}

type PainterFieldsProps = { readonly tool: Tool; readonly onChange: (tool: Tool) => void };

/** The image tool keeps its settings under `config`. */
function PainterFields({ tool, onChange }: PainterFieldsProps) {
  const models = useGenerationModels();
  const config = isRecord(tool.config) ? tool.config : {};
  const painters = (models.data ?? []).filter(({ pictor }) => pictor.family === 'gpt-image');
  const model = findPainter(painters, config.model);
  const { model: _model, ...settings } = config;
  return (
    <>
      <Select
        label="Image model"
        placeholder="default"
        clearable
        clearButtonProps={{ 'aria-label': 'Clear image model' }}
        data={painters.map(({ id }) => id)}
        value={typeof config.model === 'string' ? config.model : null}
        onChange={(id) => onChange({ ...tool, config: id === null ? settings : { ...settings, model: id } })}
      />
      {model !== undefined && (
        <ParameterFields
          rules={model.pictor.parameters}
          size={model.pictor.size}
          values={settings}
          onChange={(values) =>
            onChange({
              ...tool,
              config: config.model === undefined ? values : { ...values, model: config.model },
            })
          }
          problems={[]}
        />
      )}
    </>
  );
}

function findPainter(painters: readonly Model[], name: unknown): Model | undefined {
  return painters.find(({ id }) => id === name) ?? painters[0];
}

function isTool(value: unknown): value is Tool {
  return isRecord(value) && typeof value.type === 'string';
}

function toChoice(choice: unknown): string | null {
  if (typeof choice === 'string') return choices.includes(choice) ? choice : null;
  return isRecord(choice) && choice.type === painter ? painter : null;
}

function withChoice({ tool_choice: _before, ...template }: Chat, value: string | null): Chat {
  if (value === null) return template;
  return { ...template, tool_choice: value === painter ? { type: painter } : value };
}
