import { Button, FileButton, Group, Modal } from '@mantine/core';
import type { RegistryImported } from '@pictor/sdk';
import { IconFileImport } from '@tabler/icons-react';
import { useState } from 'react';
import { ErrorNotice } from '../../common/error-notice.tsx';
import { usePictor } from '../../common/pictor-context.ts';
import { useChange } from '../use-prompts.ts';
import classes from './files-dialog.module.css';
import { type TextFile, unpackZip } from './zip-files.ts';

/** Brings prompts in from files: says first what would happen, then does it, all or nothing. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const pictor = usePictor();
  const [files, setFiles] = useState<readonly TextFile[]>([]);
  const [done, setDone] = useState<RegistryImported | null>(null);
  const look = useChange(async (chosen: readonly File[]) => {
    const read = (await Promise.all(chosen.map(readFile))).flat();
    const body = { files: read.map((file) => ({ ...file })), dry_run: true };
    return { read, plan: await pictor.prompts.import(body) };
  });
  const bring = useChange(() => pictor.prompts.import({ files: files.map((file) => ({ ...file })) }));
  const plan = done ?? look.data?.plan;
  const failure = look.error ?? bring.error;
  const choose = (chosen: File[]): void => {
    if (chosen.length === 0) return;
    setDone(null);
    bring.reset();
    look.mutate(chosen, { onSuccess: ({ read }) => setFiles(read) });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title="Import prompts"
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <p className={classes.words}>
        Choose YAML files, or an archive, as the export gives them. Known prompts get the versions they lack;
        labels go where the files have them. No version that is there is changed.
      </p>
      <FileButton multiple accept=".yaml,.yml,.zip,application/zip,text/yaml" onChange={choose}>
        {(props) => (
          <Button
            {...props}
            variant="default"
            loading={look.isPending}
            leftSection={<IconFileImport size={16} stroke={1.6} aria-hidden />}
          >
            Choose files
          </Button>
        )}
      </FileButton>
      {failure !== null && <ErrorNotice title="Nothing was imported" error={failure} />}
      {failure === null && plan !== undefined && <Plan plan={plan} />}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {done === null ? 'Cancel' : 'Close'}
        </Button>
        {done === null && (
          <Button
            disabled={failure !== null || look.data === undefined || files.length === 0}
            loading={bring.isPending}
            onClick={() => bring.mutate(undefined, { onSuccess: setDone })}
          >
            Import {files.length === 1 ? '1 file' : `${files.length} files`}
          </Button>
        )}
      </Group>
    </Modal>
  );
}

async function readFile(file: File): Promise<readonly TextFile[]> {
  if (!file.name.toLowerCase().endsWith('.zip')) return [{ path: file.name, content: await file.text() }];
  return (await unpackZip(file)).filter(({ path }) => /\.ya?ml$/i.test(path));
}

function Plan({ plan }: { readonly plan: RegistryImported }) {
  return (
    <>
      <p role="status" className={classes.words}>
        {plan.dry_run ? 'This would happen:' : 'Done:'}
      </p>
      <ul className={classes.files}>
        {plan.files.map(({ path, change, versions }) => (
          <li key={path}>
            {path}{' '}
            <span className={classes.change} data-change={change}>
              {change}
              {versions.length > 0 &&
                `, ${versions.length === 1 ? 'version' : 'versions'} ${versions.join(', ')}`}
            </span>
          </li>
        ))}
        {plan.files.length === 0 && <li>There is no prompt in these files.</li>}
      </ul>
    </>
  );
}
