import { Button, FileButton, Textarea } from '@mantine/core';
import { IconPhotoPlus } from '@tabler/icons-react';
import classes from './variable-fields.module.css';
import type { TypedVariables } from './variable-store.ts';

type VariableFieldsProps = {
  readonly names: readonly string[];
  readonly special: { readonly pictures: ReadonlySet<string>; readonly messages: ReadonlySet<string> };
  readonly typed: TypedVariables;
  readonly onType: (name: string, text: string) => void;
};

/** A field for each variable of the prompt. */
export function VariableFields({ names, special, typed, onType }: VariableFieldsProps) {
  if (names.length === 0) return <p className={classes.none}>This prompt has no variables.</p>;
  return (
    <div className={classes.fields}>
      {names.map((name) =>
        special.pictures.has(name) ? (
          <PicturesField
            key={name}
            name={name}
            text={typed[name] ?? ''}
            onText={(text) => onType(name, text)}
          />
        ) : (
          <Textarea
            key={name}
            label={name}
            description={special.messages.has(name) ? 'A list of messages, as JSON' : undefined}
            placeholder={special.messages.has(name) ? '[{ "role": "user", "content": [] }]' : undefined}
            autosize
            minRows={1}
            maxRows={8}
            value={typed[name] ?? ''}
            onChange={(event) => onType(name, event.currentTarget.value)}
            classNames={{ label: classes.label ?? '' }}
          />
        ),
      )}
    </div>
  );
}

type PicturesFieldProps = {
  readonly name: string;
  readonly text: string;
  readonly onText: (text: string) => void;
};

/** Pictures by their addresses, one a line, or from files. */
function PicturesField({ name, text, onText }: PicturesFieldProps) {
  const lines = text.split('\n').filter((line) => line !== '');
  const files = lines.filter((line) => line.startsWith('data:'));
  const add = async (chosen: File[]): Promise<void> => {
    const read = await Promise.all(chosen.map(toDataUrl));
    onText([...lines, ...read].join('\n'));
  };
  return (
    <div className={classes.pictures}>
      <Textarea
        label={name}
        description="Pictures: addresses, one a line"
        placeholder="https://…"
        autosize
        minRows={1}
        maxRows={5}
        value={lines.filter((line) => !line.startsWith('data:')).join('\n')}
        onChange={(event) =>
          onText([event.currentTarget.value, ...files].filter((line) => line !== '').join('\n'))
        }
        classNames={{ label: classes.label ?? '' }}
      />
      <div className={classes.files}>
        {files.map((file) => (
          <button
            key={file}
            type="button"
            className={classes.picture}
            aria-label={`Remove this picture of ${name}`}
            onClick={() => onText(lines.filter((line) => line !== file).join('\n'))}
          >
            <img src={file} alt="" width={48} height={48} />
          </button>
        ))}
        <FileButton multiple accept="image/*" onChange={(chosen) => void add(chosen)}>
          {(props) => (
            <Button
              {...props}
              variant="default"
              size="xs"
              leftSection={<IconPhotoPlus size={14} stroke={1.7} aria-hidden />}
            >
              From a file
            </Button>
          )}
        </FileButton>
      </div>
    </div>
  );
}

async function toDataUrl(file: File): Promise<string> {
  return await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
