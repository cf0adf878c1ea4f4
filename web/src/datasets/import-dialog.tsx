import {
  Button,
  Checkbox,
  FileInput,
  Group,
  Modal,
  NumberInput,
  Stack,
  Tabs,
  TextInput,
} from '@mantine/core';
import type { Dataset, DatasetImport } from '@pictor/sdk';
import { useState } from 'react';
import { ErrorNotice } from '../common/error-notice.tsx';
import { useDatasetChange } from './use-datasets.ts';

type ImportDialogProps = { readonly dataset: Dataset; readonly onClose: () => void };

/** Brings rows in: from files, or from requests that were made before. */
export function ImportDialog({ dataset, onClose }: ImportDialogProps) {
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title="Import rows"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Tabs defaultValue="files" keepMounted={false}>
        <Tabs.List mb="sm">
          <Tabs.Tab value="files">Files</Tabs.Tab>
          <Tabs.Tab value="requests">Requests</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="files">
          <FromFiles dataset={dataset} onClose={onClose} />
        </Tabs.Panel>
        <Tabs.Panel value="requests">
          <FromRequests dataset={dataset} onClose={onClose} />
        </Tabs.Panel>
      </Tabs>
    </Modal>
  );
}

function FromFiles({ dataset, onClose }: ImportDialogProps) {
  const [files, setFiles] = useState<File[]>([]);
  const [replace, setReplace] = useState(false);
  const bring = useDatasetChange((pictor, chosen: readonly File[]) =>
    pictor.datasets.import(dataset.id, { files: chosen, mode: replace ? 'replace' : 'append' }),
  );
  return (
    <Stack gap="sm">
      <p>
        A CSV file has the names of fields in its first line, a JSONL file an object in each line. Pictures
        become rows of their own, or belong to rows that name them by file name. A zip may hold all of it.
      </p>
      <FileInput
        label="Files"
        placeholder="Choose CSV, JSONL, pictures or a zip"
        multiple
        accept=".csv,.jsonl,.zip,image/*"
        value={files}
        onChange={setFiles}
      />
      {dataset.draft.rows > 0 && (
        <Checkbox
          label={`Replace the ${dataset.draft.rows} rows of the draft`}
          checked={replace}
          onChange={(event) => setReplace(event.currentTarget.checked)}
        />
      )}
      <Outcome result={bring.data} error={bring.error} />
      <Buttons
        onClose={onClose}
        isDone={bring.isSuccess}
        isBusy={bring.isPending}
        isReady={files.length > 0}
        onImport={() => bring.mutate(files)}
      />
    </Stack>
  );
}

function FromRequests({ dataset, onClose }: ImportDialogProps) {
  const [words, setWords] = useState('');
  const [limit, setLimit] = useState<number | string>(100);
  const bring = useDatasetChange((pictor, query: { q?: string; limit: number }) =>
    pictor.datasets.importRequests(dataset.id, query),
  );
  const begin = (): void => {
    const q = words.trim();
    bring.mutate({ ...(q === '' ? {} : { q }), limit: Number(limit) });
  };
  return (
    <Stack gap="sm">
      <p>Each request becomes a row with its variables, what went in, and what it made.</p>
      <TextInput
        label="Words in the prompt"
        placeholder="All requests"
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <NumberInput label="At most, newest first" min={1} max={1000} value={limit} onChange={setLimit} />
      <Outcome result={bring.data} error={bring.error} />
      <Buttons
        onClose={onClose}
        isDone={bring.isSuccess}
        isBusy={bring.isPending}
        isReady={Number(limit) >= 1}
        onImport={begin}
      />
    </Stack>
  );
}

type OutcomeProps = { readonly result: DatasetImport | undefined; readonly error: Error | null };

function Outcome({ result, error }: OutcomeProps) {
  if (error !== null) return <ErrorNotice title="Nothing was imported" error={error} />;
  if (result === undefined) return null;
  const pictures = result.images === 0 ? '' : ` and ${result.images} pictures`;
  return (
    <p role="status">
      {result.rows} rows{pictures} came in.
    </p>
  );
}

type ButtonsProps = {
  readonly onClose: () => void;
  readonly onImport: () => void;
  readonly isDone: boolean;
  readonly isBusy: boolean;
  readonly isReady: boolean;
};

function Buttons({ onClose, onImport, isDone, isBusy, isReady }: ButtonsProps) {
  return (
    <Group justify="flex-end">
      <Button variant="default" onClick={onClose}>
        {isDone ? 'Done' : 'Cancel'}
      </Button>
      <Button loading={isBusy} disabled={!isReady || isDone} onClick={onImport}>
        Import
      </Button>
    </Group>
  );
}
