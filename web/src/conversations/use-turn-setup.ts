import type { ConversationTurn, Model } from '@pictor/sdk';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useModels } from '../models/use-models.ts';
import type { Parameters } from '../playground/parameters/parameters.ts';
import { explainParameters, fitParameters } from '../playground/parameters/read-fields.ts';
import type { ConversationSearch } from './conversation-search.ts';
import { automatic } from './turn-setup-fields.tsx';
import { setupOf, type TurnSetup } from './write-turn.ts';

/** Leads while nobody was asked for: it is always there. */
const firstLeader = 'gpt-5.4';
/** One preview while a picture is made, until something else is chosen. */
const firstParameters: Parameters = { partial_images: 1 };

export type TurnSetupState = {
  /** Undefined: models are not known yet, or nobody can lead. */
  readonly setup: TurnSetup | undefined;
  readonly leaders: readonly Model[];
  readonly painters: readonly Model[];
  /** Whose parameters may be chosen; undefined: nobody is known. */
  readonly drawing: Model | undefined;
  /** As chosen, also for other models. */
  readonly chosen: Parameters;
  /** Why they cannot be sent, as a sentence; null: they can. */
  readonly problem: string | null;
  readonly error: Error | null;
  readonly change: (search: Partial<ConversationSearch>) => void;
};

/** How the next turn is made: as the address says, else as the turn before, else as the server has it. */
export function useTurnSetup(last: ConversationTurn | undefined): TurnSetupState {
  const from = '/conversations/$conversationId';
  const search = useSearch({ from });
  const navigate = useNavigate({ from });
  const { data, error } = useModels();
  const models = data ?? [];
  const leaders = models.filter(leads);
  const painters = models.filter(draws);
  const before = setupOf(last);
  const model =
    search.model ?? before.model ?? (leaders.find(({ id }) => id === firstLeader) ?? leaders[0])?.id;
  const leader = leaders.find(({ id }) => id === model);
  const drawsItself = leader !== undefined && leader.pictor.family !== 'text';
  const asked = search.painter ?? before.painter;
  const painter = asked === automatic || drawsItself ? undefined : asked;
  const drawing = drawsItself
    ? leader
    : (painters.find(({ id }) => id === (painter ?? 'gpt-image-2')) ?? painters[0]);
  const chosen = search.tool ?? before.parameters ?? firstParameters;
  // What another model would take is kept for it, and not sent.
  const parameters = drawing === undefined ? chosen : fitParameters(drawing, chosen);
  return {
    setup: model === undefined ? undefined : { model, painter, parameters },
    leaders,
    painters,
    drawing,
    chosen,
    problem: drawing === undefined ? null : explainParameters(drawing, chosen),
    error,
    change: (next) =>
      void navigate({ search: (now) => ({ ...now, ...next }), replace: true, resetScroll: false }),
  };
}

/** Text models lead; Google's image models lead and draw. */
function leads({ pictor }: Model): boolean {
  if (pictor.engine === null) return false;
  return pictor.family === 'text' ? pictor.endpoints.includes('responses') : pictor.family === 'gemini';
}

function draws({ pictor }: Model): boolean {
  return pictor.engine !== null && pictor.endpoints.includes('images.generations');
}
