import { ActionIcon, Button, Menu, TextInput } from '@mantine/core';
import type { ContentBlock } from '@pictor/sdk';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './block-list.module.css';
import { blockKinds, moveBy, newBlock, removeAt, replaceAt } from './template-changes.ts';
import { TextBlockField } from './text-block-field.tsx';

type BlockListProps = {
  readonly blocks: readonly ContentBlock[];
  readonly onChange: (blocks: ContentBlock[]) => void;
  /** Whose blocks they are: "Message 2". */
  readonly owner: string;
};

/** Content blocks in their order: words, pictures, and places for pictures. */
export function BlockList({ blocks, onChange, owner }: BlockListProps) {
  return (
    <div className={classes.blocks}>
      {blocks.map((block, index) => {
        const name = `${owner}, block ${index + 1}`;
        return (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: a block has no identity but its place
            key={index}
            className={classes.block}
          >
            <BlockField
              block={block}
              name={name}
              onChange={(next) => onChange(replaceAt(blocks, index, next))}
            />
            {blocks.length > 1 && (
              <MoveButtons
                name={name}
                isFirst={index === 0}
                isLast={index === blocks.length - 1}
                onMove={(step) => onChange(moveBy(blocks, index, step))}
                onRemove={() => onChange(removeAt(blocks, index))}
              />
            )}
          </div>
        );
      })}
      <Menu position="bottom-start">
        <Menu.Target>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<IconPlus size={14} stroke={1.8} aria-hidden />}
            className={classes.add ?? ''}
          >
            Add block
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {blockKinds.map(({ type, name }) => (
            <Menu.Item key={type} onClick={() => onChange([...blocks, newBlock(type)])}>
              {name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

type BlockFieldProps = {
  readonly block: ContentBlock;
  readonly name: string;
  readonly onChange: (block: ContentBlock) => void;
};

function BlockField({ block, name, onChange }: BlockFieldProps) {
  switch (block.type) {
    case 'text':
      return <TextBlockField text={block.text} name={name} onText={(text) => onChange({ ...block, text })} />;
    case 'media_variable':
      return (
        <TextInput
          label="Place for pictures"
          description="Name of the variable that brings them: one, or a list."
          aria-label={`${name}, name of the variable`}
          value={block.name}
          onChange={(event) => onChange({ ...block, name: event.currentTarget.value })}
        />
      );
    case 'image_url':
      return (
        <TextInput
          label="Picture by address"
          aria-label={`${name}, address of the picture`}
          placeholder="https://… or {variable}"
          value={block.image_url.url}
          onChange={(event) =>
            onChange({ ...block, image_url: { ...block.image_url, url: event.currentTarget.value } })
          }
        />
      );
    case 'media':
      return (
        <Pair>
          <TextInput
            label="Media type"
            aria-label={`${name}, media type`}
            value={block.media.type}
            onChange={(event) =>
              onChange({ ...block, media: { ...block.media, type: event.currentTarget.value } })
            }
          />
          <TextInput
            label="Address"
            aria-label={`${name}, address`}
            placeholder="https://…"
            value={block.media.url}
            onChange={(event) =>
              onChange({ ...block, media: { ...block.media, url: event.currentTarget.value } })
            }
          />
        </Pair>
      );
    case 'output_media':
      return <p className={classes.note}>A picture that a model made: {block.url}</p>;
  }
}

function Pair({ children }: { readonly children: ReactNode }) {
  return <div className={classes.pair}>{children}</div>;
}

type MoveButtonsProps = {
  readonly name: string;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly onMove: (step: -1 | 1) => void;
  readonly onRemove: () => void;
};

/** Up, down, away. */
export function MoveButtons({ name, isFirst, isLast, onMove, onRemove }: MoveButtonsProps) {
  const shared = { variant: 'subtle', color: 'gray', size: 'sm' } as const;
  return (
    <span className={classes.moves}>
      <ActionIcon {...shared} aria-label={`Move ${name} up`} disabled={isFirst} onClick={() => onMove(-1)}>
        <IconArrowUp size={15} stroke={1.7} />
      </ActionIcon>
      <ActionIcon {...shared} aria-label={`Move ${name} down`} disabled={isLast} onClick={() => onMove(1)}>
        <IconArrowDown size={15} stroke={1.7} />
      </ActionIcon>
      <ActionIcon {...shared} aria-label={`Remove ${name}`} onClick={onRemove}>
        <IconTrash size={15} stroke={1.7} />
      </ActionIcon>
    </span>
  );
}
