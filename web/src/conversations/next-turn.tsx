import { ErrorNotice } from '../common/error-notice.tsx';
import classes from './next-turn.module.css';
import { ToolOptions } from './tool-options.tsx';
import { TurnComposer } from './turn-composer.tsx';
import { TurnSetupFields } from './turn-setup-fields.tsx';
import type { NextTurnState } from './use-next-turn.ts';

type NextTurnProps = {
  readonly next: NextTurnState;
  readonly isRunning: boolean;
};

/** The foot of a conversation: the turn to come, and how it is made. */
export function NextTurn({ next, isRunning }: NextTurnProps) {
  const { setupState, draft, changeDraft, wordsRef, send, isSending, refusal } = next;
  const { setup, leaders, painters, drawing, chosen, problem, error, change } = setupState;
  const obstacle = isRunning
    ? 'The turn above is being answered. Wait for it, or stop it.'
    : setup === undefined && error === null
      ? 'Models are being loaded.'
      : problem;
  return (
    <div className={classes.foot}>
      {error !== null && <ErrorNotice title="Models could not be loaded" error={error} />}
      <TurnComposer
        draft={draft}
        onDraft={changeDraft}
        wordsRef={wordsRef}
        setup={
          <TurnSetupFields
            leaders={leaders}
            model={setup?.model}
            onModel={(model) => change({ model })}
            painters={painters}
            painter={setup?.painter}
            onPainter={(painter) => change({ painter })}
          />
        }
        options={
          drawing !== undefined && (
            <ToolOptions drawing={drawing} chosen={chosen} onChange={(tool) => change({ tool })} />
          )
        }
        isSending={isSending}
        obstacle={obstacle}
        onSend={send}
        refusal={refusal}
      />
    </div>
  );
}
