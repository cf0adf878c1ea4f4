import type { PromptSearch as ListSearch, PictorApiError, PromptView } from '@pictor/sdk';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { usePictor } from '../common/pictor-context.ts';
import type { PromptsSearch } from './prompts-search.ts';

/** Cache key above everything read about prompts. */
const promptsKey = ['prompts'] as const;
const pageSize = 50;

/** Prompts that fit, by name, page by page. */
export function usePromptList(search: PromptsSearch) {
  const pictor = usePictor();
  const wanted: ListSearch = { ...search, limit: pageSize };
  return useInfiniteQuery({
    queryKey: [...promptsKey, 'list', search],
    queryFn: ({ pageParam, signal }) => pictor.prompts.list({ ...wanted, page: pageParam }, { signal }),
    initialPageParam: 1,
    getNextPageParam: (page, pages) => (pages.length * pageSize < page.total ? pages.length + 1 : undefined),
  });
}

/** Folders, tags and labels of all prompts. */
export function useRegistrySummary() {
  const pictor = usePictor();
  return useQuery({
    queryKey: [...promptsKey, 'summary'],
    queryFn: ({ signal }) => pictor.prompts.summary({ signal }),
  });
}

/** How many requests each prompt made in the last 30 days, by its name. */
export function usePromptCounts() {
  const pictor = usePictor();
  return useQuery({
    queryKey: [...promptsKey, 'counts'],
    queryFn: async ({ signal }): Promise<ReadonlyMap<string, number>> => {
      const { groups } = await pictor.requests.analyse({ group_by: ['prompt'] }, { signal });
      const rows = groups.prompt ?? [];
      return new Map(rows.flatMap(({ group, requests }) => (group === null ? [] : [[group, requests]])));
    },
  });
}

/** Texts that can stand within others: completions, by name. */
export function useSnippets(words: string, isOpen: boolean) {
  const pictor = usePictor();
  return useQuery({
    queryKey: [...promptsKey, 'snippets', words],
    queryFn: async ({ signal }): Promise<readonly PromptView[]> => {
      const q = words === '' ? undefined : words;
      return (await pictor.prompts.list({ q, type: 'completion', limit: 30 }, { signal })).data;
    },
    enabled: isOpen,
  });
}

/** One prompt by id, number or name. */
export function usePrompt(name: string) {
  const pictor = usePictor();
  return useQuery({
    queryKey: [...promptsKey, 'one', name],
    queryFn: ({ signal }) => pictor.prompts.get(name, { signal }),
  });
}

/** Every version, newest first. */
export function useVersions(id: string) {
  const pictor = usePictor();
  return useQuery({
    queryKey: [...promptsKey, 'versions', id],
    queryFn: async ({ signal }) => (await pictor.prompts.versions(id, { signal })).data,
  });
}

/** What changed between two versions, which never changes again. */
export function useDiff(id: string, from: number, to: number) {
  const pictor = usePictor();
  return useQuery({
    queryKey: ['prompt-diff', id, from, to],
    queryFn: ({ signal }) => pictor.prompts.diff(id, from, to, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** How the labels moved, newest first. */
export function useLabelHistory(id: string) {
  const pictor = usePictor();
  return useQuery({
    queryKey: [...promptsKey, 'history', id],
    queryFn: async ({ signal }) => (await pictor.prompts.history(id, { signal })).data,
  });
}

/** Which versions name the prompt as a snippet. */
export function useUses(id: string) {
  const pictor = usePictor();
  return useQuery({
    queryKey: [...promptsKey, 'uses', id],
    queryFn: async ({ signal }) => (await pictor.prompts.uses(id, { signal })).data,
  });
}

/** The newest requests of a prompt, or of one of its versions. */
export function usePromptRequests(id: string, version: number | null, limit: number) {
  const pictor = usePictor();
  return useQuery({
    queryKey: ['requests', 'of-prompt', id, version, limit],
    queryFn: async ({ signal }) => {
      const filters = [
        { field: 'prompt_id', operator: 'is', value: id } as const,
        ...(version === null ? [] : [{ field: 'prompt_version', operator: 'eq', value: version } as const]),
      ];
      const body = { filter_group: { logic: 'AND', filters }, limit } as const;
      return (await pictor.requests.search(body, { signal })).data;
    },
  });
}

/** Does something to the registry, and has everything about prompts read again. */
export function useChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const queryClient = useQueryClient();
  return useMutation<Output, PictorApiError | Error, Input>({
    mutationFn: change,
    onSuccess: async () => await queryClient.invalidateQueries({ queryKey: promptsKey }),
  });
}
