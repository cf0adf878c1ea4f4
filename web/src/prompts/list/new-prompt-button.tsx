import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';

const NewPromptDialog = lazy(async () => ({
  default: (await import('./new-prompt-dialog.tsx')).NewPromptDialog,
}));

type NewPromptButtonProps = {
  /** The folder that is open. */
  readonly folder: string | undefined;
};

export function NewPromptButton({ folder }: NewPromptButtonProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button leftSection={<IconPlus size={16} stroke={1.8} aria-hidden />} onClick={() => setOpen(true)}>
        New prompt
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <NewPromptDialog folder={folder ?? ''} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
