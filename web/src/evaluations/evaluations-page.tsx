import { Button, Loader } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { EmptyState } from '../common/empty-state.tsx';
import { ErrorNotice } from '../common/error-notice.tsx';
import { PageHeader } from '../common/page-header.tsx';
import { PlainTable } from '../common/plain-table.tsx';
import { RelativeTime } from '../common/relative-time.tsx';
import { useDatasets } from '../datasets/use-datasets.ts';
import { NewEvaluationDialog } from './new-evaluation-dialog.tsx';
import { SectionLinks } from './section-links.tsx';
import { useEvaluations } from './use-evaluations.ts';
import { VerdictMark } from './verdict-mark.tsx';

/** Every evaluation of the project with its newest result. */
export function EvaluationsPage() {
  const [isMaking, setMaking] = useState(false);
  return (
    <>
      <PageHeader
        title="Evaluations"
        description="Run a dataset through prompts, checks, judges and people; compare models; let a label move only to what passed."
        actions={
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>
            New evaluation
          </Button>
        }
      />
      <SectionLinks />
      <List onMake={() => setMaking(true)} />
      {isMaking && <NewEvaluationDialog onClose={() => setMaking(false)} />}
    </>
  );
}

function List({ onMake }: { readonly onMake: () => void }) {
  const { data, error, refetch } = useEvaluations();
  const datasets = useDatasets();
  if (error !== null)
    return (
      <ErrorNotice title="The evaluations could not be loaded" error={error} onRetry={() => void refetch()} />
    );
  if (data === undefined)
    return <Loader m="lg" size="sm" color="gray" aria-label="Loading the evaluations" />;
  if (data.data.length === 0) return <Nothing onMake={onMake} />;
  const nameOf = (id: string): string => datasets.data?.data.find((each) => each.id === id)?.name ?? id;
  return (
    <PlainTable label="Evaluations" heads={['Name', 'Dataset', 'Columns', 'Newest run', 'Result']}>
      {data.data.map((evaluation) => (
        <tr key={evaluation.id}>
          <td>
            <Link to="/evaluations/$evaluationId" params={{ evaluationId: evaluation.id }}>
              {evaluation.name}
            </Link>
          </td>
          <td>
            <Link to="/datasets/$datasetId" params={{ datasetId: evaluation.dataset }}>
              {nameOf(evaluation.dataset)}
            </Link>
          </td>
          <td>{evaluation.columns.length}</td>
          <td>
            {evaluation.last_run === null ? 'None yet' : <RelativeTime at={evaluation.last_run.created_at} />}
          </td>
          <td>
            <VerdictMark
              verdict={evaluation.last_run?.verdict ?? null}
              score={evaluation.last_run?.score ?? null}
            />
          </td>
        </tr>
      ))}
    </PlainTable>
  );
}

function Nothing({ onMake }: { readonly onMake: () => void }) {
  const datasets = useDatasets();
  if (datasets.data?.data.length === 0)
    return (
      <EmptyState
        title="First a dataset, then an evaluation"
        actions={
          <Button component={Link} to="/datasets">
            Make a dataset
          </Button>
        }
      >
        An evaluation runs rows of a dataset through columns: a prompt makes pictures, checks measure them, a
        vision model judges them, people rate them. It begins with a dataset.
      </EmptyState>
    );
  return (
    <EmptyState
      title="No evaluation yet"
      actions={<Button onClick={onMake}>Make the first evaluation</Button>}
    >
      Choose a dataset, add columns from left to right, and run it. Nothing is paid before you have seen what
      it will cost.
    </EmptyState>
  );
}
