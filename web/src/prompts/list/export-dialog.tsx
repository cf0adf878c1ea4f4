import { Button, Group, Loader, Modal } from '@mantine/core';
import type { RegistryExport } from '@pictor/sdk';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ErrorNotice } from '../../common/error-notice.tsx';
import classes from './files-dialog.module.css';
import { packZip } from './zip-files.ts';

type ExportDialogProps = {
  readonly read: () => Promise<RegistryExport>;
  readonly onClose: () => void;
};

/** Every prompt as a readable file, in one archive. */
export function ExportDialog({ read, onClose }: ExportDialogProps) {
  const files = useQuery({ queryKey: ['registry-export'], queryFn: read, staleTime: 0, gcTime: 0 });
  return (
    <Modal opened onClose={onClose} title="Export all prompts" closeButtonProps={{ 'aria-label': 'Close' }}>
      <p className={classes.words}>
        One YAML file for each prompt, with every version, its labels and where it is filed; archived ones
        too. Put them under version control, or import them into another Pictor.
      </p>
      {files.error !== null && <ErrorNotice title="The prompts could not be read" error={files.error} />}
      {files.isPending && <Loader size="sm" color="gray" aria-label="Reading every prompt" />}
      {files.data !== undefined && <FileList files={files.data.files} />}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
        {files.data !== undefined && <DownloadLink files={files.data.files} />}
      </Group>
    </Modal>
  );
}

type Files = RegistryExport['files'];

const shown = 8;

function FileList({ files }: { readonly files: Files }) {
  return (
    <ul className={classes.files} aria-label="Files">
      {files.slice(0, shown).map(({ path }) => (
        <li key={path}>{path}</li>
      ))}
      {files.length > shown && <li>and {files.length - shown} more</li>}
      {files.length === 0 && <li>There are no prompts yet.</li>}
    </ul>
  );
}

function DownloadLink({ files }: { readonly files: Files }) {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([packZip(files)], { type: 'application/zip' }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [files]);
  return (
    <Button
      component="a"
      href={address}
      download={`prompts-${new Date().toISOString().slice(0, 10)}.zip`}
      leftSection={<IconDownload size={16} stroke={1.6} aria-hidden />}
    >
      Download {files.length === 1 ? '1 file' : `${files.length} files`}
    </Button>
  );
}
