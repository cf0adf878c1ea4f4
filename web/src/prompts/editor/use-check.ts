import { useDebouncedValue } from '@mantine/hooks';
import { PictorApiError, type PromptCheck } from '@pictor/sdk';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { usePictor } from '../../common/pictor-context.ts';
import type { PromptDraft } from './draft-store.ts';

/** Something that saving would refuse. */
export type Problem = PromptCheck['problems'][number];

const pauseMs = 350;

/** What the server says of a draft as it stands: its variables, its faults, and what it renders to. */
export function useCheck(draft: PromptDraft, variables: Readonly<Record<string, unknown>>) {
  const pictor = usePictor();
  const { template, model } = draft;
  const [body] = useDebouncedValue({ template, model, variables }, pauseMs);
  const check = useQuery({
    queryKey: ['prompt-check', body],
    queryFn: ({ signal }) =>
      pictor.prompts.check(
        {
          template: body.template,
          ...(body.model === null ? {} : { model: body.model }),
          variables: { ...body.variables },
        },
        { signal },
      ),
    placeholderData: keepPreviousData,
    gcTime: 30_000,
    retry: false,
  });
  return {
    data: check.data,
    /** A draft of the wrong shape is a problem as well; nothing else is known of it then. */
    problems: check.error === null ? (check.data?.problems ?? []) : [toProblem(check.error)],
  };
}

function toProblem(error: Error): Problem {
  if (error instanceof PictorApiError) {
    return { code: error.code ?? 'unknown', message: error.message, param: error.param };
  }
  return { code: 'unknown', message: error.message, param: null };
}
