import { Button, Loader } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { EmptyState } from '../common/empty-state.tsx';
import { ErrorNotice } from '../common/error-notice.tsx';
import { PageHeader } from '../common/page-header.tsx';
import { PlainTable } from '../common/plain-table.tsx';
import { RelativeTime } from '../common/relative-time.tsx';
import { SectionLinks } from '../evaluations/section-links.tsx';
import { NewDatasetDialog } from './new-dataset-dialog.tsx';
import { describeDataset, useDatasets } from './use-datasets.ts';

/** Every dataset of the project. */
export function DatasetsPage() {
  const [isMaking, setMaking] = useState(false);
  const make = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>
      New dataset
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Datasets"
        description="Rows of variables, reference images, masks and expected values. Evaluations run over them."
        actions={make}
      />
      <SectionLinks />
      <List onMake={() => setMaking(true)} />
      {isMaking && <NewDatasetDialog onClose={() => setMaking(false)} />}
    </>
  );
}

function List({ onMake }: { readonly onMake: () => void }) {
  const { data, error, refetch } = useDatasets();
  if (error !== null)
    return (
      <ErrorNotice title="The datasets could not be loaded" error={error} onRetry={() => void refetch()} />
    );
  if (data === undefined) return <Loader m="lg" size="sm" color="gray" aria-label="Loading the datasets" />;
  if (data.data.length === 0)
    return (
      <EmptyState title="No dataset yet" actions={<Button onClick={onMake}>Make the first dataset</Button>}>
        A dataset holds what you want to try your prompts on: ten subjects, fifty reference photos, a mask for
        each. Import a CSV or JSONL file, a folder of pictures, or requests that you made before.
      </EmptyState>
    );
  return (
    <PlainTable label="Datasets" heads={['Name', 'Rows', 'Fields', 'Changed']}>
      {data.data.map((dataset) => (
        <tr key={dataset.id}>
          <td>
            <Link to="/datasets/$datasetId" params={{ datasetId: dataset.id }}>
              {dataset.name}
            </Link>
          </td>
          <td>{describeDataset(dataset)}</td>
          <td>{dataset.fields.map((field) => field.name).join(', ')}</td>
          <td>
            <RelativeTime at={dataset.updated_at} />
          </td>
        </tr>
      ))}
    </PlainTable>
  );
}
