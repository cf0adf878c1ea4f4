import { Button, Loader, Menu, NativeSelect } from '@mantine/core';
import type { Dataset } from '@pictor/sdk';
import { IconChevronDown, IconPlus } from '@tabler/icons-react';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { ConfirmDialog } from '../common/confirm-dialog.tsx';
import { ErrorNotice } from '../common/error-notice.tsx';
import { PageHeader } from '../common/page-header.tsx';
import { usePictor } from '../common/pictor-context.ts';
import { AddFieldDialog } from './add-field-dialog.tsx';
import { DatasetTable } from './dataset-table.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { PublishDialog } from './publish-dialog.tsx';
import { RowDialog } from './row-dialog.tsx';
import { describeDataset, nameOfVersion, useDataset, useDatasetVersions } from './use-datasets.ts';

/** One dataset: its draft, which is edited, and its versions, which never change. */
export function DatasetPage() {
  const { datasetId } = useParams({ from: '/datasets/$datasetId' });
  const { data, error, refetch } = useDataset(datasetId);
  if (error !== null)
    return (
      <>
        <PageHeader title="Dataset" />
        <ErrorNotice title="This dataset could not be loaded" error={error} onRetry={() => void refetch()} />
      </>
    );
  if (data === undefined) return <Loader m="lg" size="sm" color="gray" aria-label="Loading the dataset" />;
  return <Opened dataset={data} />;
}

type Open = 'row' | 'field' | 'import' | 'publish' | 'restore' | 'delete' | null;

function Opened({ dataset }: { readonly dataset: Dataset }) {
  const { version } = useSearch({ from: '/datasets/$datasetId' });
  const [open, setOpen] = useState<Open>(null);
  const close = (): void => setOpen(null);
  const actions = (
    <>
      <VersionSelect dataset={dataset} version={version} />
      {version === undefined ? (
        <>
          <Button variant="default" onClick={() => setOpen('import')}>
            Import
          </Button>
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setOpen('row')}
          >
            Add row
          </Button>
          <Button disabled={!dataset.draft.changed} onClick={() => setOpen('publish')}>
            Publish version
          </Button>
        </>
      ) : (
        <Button variant="default" onClick={() => setOpen('restore')}>
          Restore as draft
        </Button>
      )}
      <MoreMenu
        onField={() => setOpen('field')}
        onDelete={() => setOpen('delete')}
        isDraft={version === undefined}
      />
    </>
  );
  return (
    <>
      <PageHeader
        title={dataset.name}
        description={
          <>
            <Link to="/datasets">Datasets</Link> · {describeDataset(dataset)}
            {dataset.description !== null && ` · ${dataset.description}`}
          </>
        }
        actions={actions}
      />
      <DatasetTable
        key={version ?? 'draft'}
        dataset={dataset}
        version={version}
        onImport={() => setOpen('import')}
      />
      {open === 'row' && <RowDialog dataset={dataset} onClose={close} />}
      {open === 'field' && <AddFieldDialog dataset={dataset} onClose={close} />}
      {open === 'import' && <ImportDialog dataset={dataset} onClose={close} />}
      {open === 'publish' && <PublishDialog dataset={dataset} onClose={close} />}
      {open === 'restore' && version !== undefined && (
        <RestoreDialog dataset={dataset} version={version} onClose={close} />
      )}
      {open === 'delete' && <DeleteDialog dataset={dataset} onClose={close} />}
    </>
  );
}

type MoreMenuProps = {
  readonly isDraft: boolean;
  readonly onField: () => void;
  readonly onDelete: () => void;
};

function MoreMenu({ isDraft, onField, onDelete }: MoreMenuProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={14} aria-hidden />}>
          More
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {isDraft && <Menu.Item onClick={onField}>Add field</Menu.Item>}
        <Menu.Item color="red" onClick={onDelete}>
          Delete dataset
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function VersionSelect({
  dataset,
  version,
}: {
  readonly dataset: Dataset;
  readonly version: number | undefined;
}) {
  const navigate = useNavigate({ from: '/datasets/$datasetId' });
  const versions = useDatasetVersions(dataset.id);
  if (dataset.latest_version === 0) return null;
  const options = [
    { value: '', label: dataset.draft.changed ? 'Draft (changed)' : 'Draft' },
    ...(versions.data?.data ?? []).map((each) => ({
      value: String(each.version),
      label:
        each.note === null ? nameOfVersion(each.version) : `${nameOfVersion(each.version)}: ${each.note}`,
    })),
  ];
  return (
    <NativeSelect
      aria-label="Version"
      data={options}
      value={version === undefined ? '' : String(version)}
      onChange={(event) => {
        const { value } = event.currentTarget;
        void navigate({ search: { version: value === '' ? undefined : Number(value) } });
      }}
    />
  );
}

type DialogProps = { readonly dataset: Dataset; readonly onClose: () => void };

function RestoreDialog({ dataset, version, onClose }: DialogProps & { readonly version: number }) {
  const pictor = usePictor();
  const navigate = useNavigate({ from: '/datasets/$datasetId' });
  return (
    <ConfirmDialog
      title={`Restore version ${version}?`}
      act="Restore"
      onClose={onClose}
      onConfirm={async () => {
        await pictor.datasets.restore(dataset.id, version);
        await navigate({ search: {}, reloadDocument: true });
      }}
    >
      The draft gets the rows of version {version}. What the draft holds now and no version has is lost.
    </ConfirmDialog>
  );
}

function DeleteDialog({ dataset, onClose }: DialogProps) {
  const pictor = usePictor();
  const navigate = useNavigate();
  return (
    <ConfirmDialog
      title={`Delete “${dataset.name}”?`}
      act="Delete dataset"
      onClose={onClose}
      onConfirm={async () => {
        await pictor.datasets.remove(dataset.id);
        await navigate({ to: '/datasets' });
      }}
    >
      All of its rows and versions go. Pictures stay in the project. This cannot be undone.
    </ConfirmDialog>
  );
}
