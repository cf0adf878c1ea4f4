import { Button } from '@mantine/core';
import type { PromptTemplate, PromptVersionView } from '@pictor/sdk';
import { IconArrowRight, IconPlayerPlay } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ElapsedTime } from '../../common/elapsed-time.tsx';
import { ErrorNotice } from '../../common/error-notice.tsx';
import { usePictor } from '../../common/pictor-context.ts';
import { usePromptRequests } from '../use-prompts.ts';
import { RenderingPreview } from './rendering-preview.tsx';
import { RecentRuns, RunResult } from './run-result.tsx';
import { Section } from './section.tsx';
import classes from './try-panel.module.css';
import type { useCheck } from './use-check.ts';
import { VariableFields } from './variable-fields.tsx';
import type { TypedVariables } from './variable-store.ts';

type TryPanelProps = {
  readonly version: PromptVersionView;
  readonly template: PromptTemplate;
  readonly isChanged: boolean;
  readonly hasModel: boolean;
  readonly check: ReturnType<typeof useCheck>['data'];
  readonly special: { readonly pictures: ReadonlySet<string>; readonly messages: ReadonlySet<string> };
  readonly typed: TypedVariables;
  readonly onType: (name: string, text: string) => void;
  /** Values of the variables as they are sent. */
  readonly variables: Readonly<Record<string, unknown>>;
};

/** Variables, what the prompt renders to, and a run of the saved version. */
export function TryPanel(props: TryPanelProps) {
  const { version, template, isChanged, hasModel, check, special, typed, onType, variables } = props;
  const pictor = usePictor();
  const queryClient = useQueryClient();
  const recent = usePromptRequests(version.prompt, version.version, 12);
  const run = useMutation({
    mutationFn: () =>
      pictor.prompts.run(version.prompt, { version: version.version, variables: { ...variables } }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['requests'] }),
  });
  const names = check?.variables ?? version.template.input_variables;
  return (
    <Section
      title="Try it"
      aside={
        <Link
          to="/"
          search={{ prompt_id: version.prompt, version: version.version }}
          className={classes.link}
        >
          Open in the playground <IconArrowRight size={14} stroke={1.6} aria-hidden />
        </Link>
      }
    >
      <VariableFields names={names} special={special} typed={typed} onType={onType} />
      <RenderingPreview rendering={check?.rendering ?? null} type={template.type} />
      <Button
        leftSection={<IconPlayerPlay size={16} stroke={1.8} aria-hidden />}
        variant={isChanged ? 'default' : 'filled'}
        disabled={!hasModel}
        loading={run.isPending}
        onClick={() => run.mutate()}
      >
        Run version {version.version}
      </Button>
      {isChanged && <p className={classes.note}>A run uses the saved version, without your changes.</p>}
      {!hasModel && (
        <p className={classes.note}>It has no model to run on: put it into a prompt that has one.</p>
      )}
      {run.isPending && (
        <p role="status" className={classes.note}>
          Drawing with {version.model?.name} · <ElapsedTime sinceMs={run.submittedAt} />
        </p>
      )}
      {run.error !== null && <ErrorNotice title="The run failed" error={run.error} />}
      {run.data !== undefined && <RunResult run={run.data} version={version.version} />}
      {recent.data?.some(({ images }) => images.length > 0) === true && (
        <div>
          <h3 className={classes.title}>Recent pictures of version {version.version}</h3>
          <RecentRuns requests={recent.data} />
        </div>
      )}
    </Section>
  );
}
