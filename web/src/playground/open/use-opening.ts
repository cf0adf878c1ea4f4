import type { Model } from '@pictor/sdk';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { usePictor } from '../../common/pictor-context.ts';
import type { ChangeDraft, OpenedPrompt } from '../draft.ts';
import { storedReference } from '../references/add-references.ts';
import type { ChangeSearch, UsedSetup } from '../setup/use-setup.ts';

type OpeningParts = {
  /** Undefined: not known yet. */
  readonly models: readonly Model[] | undefined;
  readonly changeDraft: ChangeDraft;
  readonly choose: UsedSetup['choose'];
  readonly changeSearch: ChangeSearch;
  /** What the draft says that is open. */
  readonly opened: OpenedPrompt | null;
};

/**
 * Takes what the address says to begin from, once: a request, images, or a version of a saved prompt. The prompt stays
 * in the address; a draft that has it already is not written over. Gives why it could not be opened; null: it could.
 */
export function useOpening({
  models,
  changeDraft,
  choose,
  changeSearch,
  opened,
}: OpeningParts): Error | null {
  const pictor = usePictor();
  const { from, references, prompt_id: promptId, version } = useSearch({ from: '/' });
  const isOpen =
    opened !== null && opened.promptId === promptId && (version ?? opened.version) === opened.version;

  const request = useQuery({
    queryKey: ['playground-from', from],
    queryFn: async ({ signal }) =>
      await (await import('./read-request.ts')).readRequest(pictor, from ?? '', signal),
    enabled: from !== undefined,
    gcTime: 0,
  });
  useEffect(() => {
    if (from === undefined || request.data === undefined) return;
    changeDraft(request.data.draft);
    choose({
      ...request.data.chosen,
      from: undefined,
      prompt_id: undefined,
      version: undefined,
    });
  }, [from, request.data, changeDraft, choose]);

  const images = useQuery({
    queryKey: ['playground-references', references],
    queryFn: ({ signal }) =>
      Promise.all((references ?? '').split(',').map((id) => pictor.gallery.get(id.trim(), { signal }))),
    enabled: references !== undefined,
    gcTime: 0,
  });
  useEffect(() => {
    if (references === undefined || images.data === undefined) return;
    const found = images.data.map((image) => storedReference(image, image.prompt ?? image.id));
    changeDraft({ references: found, mask: null });
    changeSearch(() => ({ references: undefined }));
  }, [references, images.data, changeDraft, changeSearch]);

  const prompt = useQuery({
    queryKey: ['playground-prompt', promptId, version],
    queryFn: async ({ signal }) =>
      await (await import('./open-version.ts')).openVersion(pictor, promptId ?? '', version, signal),
    enabled: promptId !== undefined && !isOpen,
    gcTime: 0,
  });
  useEffect(() => {
    if (promptId === undefined || isOpen || prompt.data === undefined || models === undefined) return;
    const { draft, chosen } = prompt.data;
    changeDraft(draft);
    choose({ ...chosen, prompt_id: draft.opened.promptId, version: draft.opened.version });
  }, [promptId, isOpen, prompt.data, models, changeDraft, choose]);

  return request.error ?? images.error ?? prompt.error;
}
