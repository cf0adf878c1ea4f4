import { Button, Menu } from '@mantine/core';
import type { RequestQuery } from '@pictor/sdk';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { formatBytes } from '../common/format-values.ts';
import { usePictor } from '../common/pictor-context.ts';
import { saveStream } from '../common/save-stream.ts';
import classes from './export-menu.module.css';

type ExportFormat = 'csv' | 'jsonl';

/** Hands out exactly what is found, as a file. */
export function ExportMenu({ query }: { readonly query: RequestQuery }) {
  const pictor = usePictor();
  const abort = useRef<AbortController>(undefined);
  const [byteCount, setByteCount] = useState(0);
  const save = useMutation({
    mutationFn: async (format: ExportFormat) => {
      const controller = new AbortController();
      abort.current = controller;
      setByteCount(0);
      try {
        const stream = await pictor.requests.export({ ...query, format }, { signal: controller.signal });
        await saveStream(stream, `requests.${format}`, setByteCount);
      } catch (error) {
        if (!controller.signal.aborted) throw error;
      }
    },
  });
  if (save.isPending) {
    return (
      <Button variant="default" size="xs" onClick={() => abort.current?.abort()}>
        <span role="status">Exporting, {formatBytes(byteCount)}</span>&nbsp;· Cancel
      </Button>
    );
  }
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" size="xs" leftSection={<IconDownload size={15} stroke={1.7} />}>
            Export
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>All that is found</Menu.Label>
          <Menu.Item onClick={() => save.mutate('csv')}>CSV, for spreadsheets</Menu.Item>
          <Menu.Item onClick={() => save.mutate('jsonl')}>JSON lines, for programs</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {save.error !== null && (
        <span role="alert" className={classes.failure}>
          The export failed: {save.error.message}
        </span>
      )}
    </>
  );
}
