import { Button, Menu } from '@mantine/core';
import { IconDownload, IconFileImport, IconFiles } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { usePictor } from '../../common/pictor-context.ts';

const ImportDialog = lazy(async () => ({ default: (await import('./import-dialog.tsx')).ImportDialog }));
const ExportDialog = lazy(async () => ({ default: (await import('./export-dialog.tsx')).ExportDialog }));

/** The registry as files: to keep in git, to carry to another server, and back. */
export function RegistryFiles() {
  const [open, setOpen] = useState<'import' | 'export' | null>(null);
  const pictor = usePictor();
  const close = (): void => setOpen(null);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" leftSection={<IconFiles size={16} stroke={1.6} aria-hidden />}>
            Files
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconDownload size={16} stroke={1.6} />} onClick={() => setOpen('export')}>
            Export all prompts…
          </Menu.Item>
          <Menu.Item
            leftSection={<IconFileImport size={16} stroke={1.6} />}
            onClick={() => setOpen('import')}
          >
            Import from files…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense fallback={null}>
        {open === 'import' && <ImportDialog onClose={close} />}
        {open === 'export' && <ExportDialog read={() => pictor.prompts.export()} onClose={close} />}
      </Suspense>
    </>
  );
}
