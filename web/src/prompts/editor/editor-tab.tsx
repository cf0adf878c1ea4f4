import type { PromptVersionView, PromptView } from '@pictor/sdk';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { usePictor } from '../../common/pictor-context.ts';
import { useChange } from '../use-prompts.ts';
import { listDrafts } from './draft-store.ts';
import classes from './editor-tab.module.css';
import { ModelSection } from './model-section.tsx';
import { SaveBar } from './save-bar.tsx';
import { listSpecialVariables, usesJinja } from './template-changes.ts';
import { TemplateSection } from './template-section.tsx';
import { ToolsSection } from './tools-section.tsx';
import { TryPanel } from './try-panel.tsx';
import { useCheck } from './use-check.ts';
import { usePromptDraft } from './use-prompt-draft.ts';
import { loadVariables, storeVariables, toVariables, withoutBytes } from './variable-store.ts';

type EditorTabProps = {
  readonly prompt: PromptView;
  /** That the editor starts from. */
  readonly version: PromptVersionView;
};

/** A version in the hand: its words, its model, a place to try it. Saving makes a new version. */
export function EditorTab({ prompt, version }: EditorTabProps) {
  const { draft, isChanged, isKept, change, discard } = usePromptDraft(version);
  const { template, model } = draft;
  const { typed, type, special, variables } = useVariables(version.prompt, template);
  const check = useCheck(draft, withoutBytes(variables));
  const ofTemplate = check.problems.filter(({ param }) => /template|messages|content/.test(param ?? ''));
  const ofModel = check.problems.filter((problem) => !ofTemplate.includes(problem));
  const save = useSave(prompt, version, draft, discard);
  return (
    <>
      <BaseNotice prompt={prompt} version={version} isChanged={isChanged} />
      <div className={classes.columns}>
        <div className={classes.column}>
          <TemplateSection
            template={template}
            onChange={(next) => change({ template: next })}
            check={check.data}
            problems={ofTemplate}
          />
          <ModelSection
            type={template.type}
            model={model}
            onChange={(next) => change({ model: next })}
            problems={ofModel}
          />
          {template.type === 'chat' && (
            <ToolsSection template={template} onChange={(next) => change({ template: next })} />
          )}
        </div>
        <div className={classes.column}>
          <TryPanel
            version={version}
            template={template}
            isChanged={isChanged}
            hasModel={version.model !== null}
            check={check.data}
            special={special}
            typed={typed}
            onType={type}
            variables={variables}
          />
        </div>
      </div>
      <SaveBar
        draft={draft}
        isChanged={isChanged}
        isKept={isKept}
        next={prompt.latest_version + 1}
        base={version.version}
        save={save}
        onMessage={(message) => change({ message })}
        onDiscard={discard}
      />
    </>
  );
}

function useVariables(promptId: string, template: PromptVersionView['template']) {
  const [typed, setTyped] = useState(() => loadVariables(promptId));
  const special = listSpecialVariables(template);
  const type = (name: string, text: string): void => {
    const next = { ...typed, [name]: text };
    setTyped(next);
    storeVariables(promptId, next);
  };
  return { typed, type, special, variables: toVariables(typed, special, usesJinja(template)) };
}

/** Saves the draft as a new version, and goes to it. */
function useSave(
  prompt: PromptView,
  version: PromptVersionView,
  draft: ReturnType<typeof usePromptDraft>['draft'],
  discard: () => void,
) {
  const pictor = usePictor();
  const navigate = useNavigate({ from: '/prompts/$promptId' });
  return useChange(async () => {
    const saved = await pictor.prompts.addVersion(prompt.id, {
      template: draft.template,
      ...(draft.model === null ? {} : { model: draft.model }),
      ...(Object.keys(version.metadata).length === 0 ? {} : { metadata: version.metadata }),
      ...(draft.message.trim() === '' ? {} : { commit_message: draft.message.trim() }),
    });
    discard();
    await navigate({ search: (now) => ({ ...now, version: undefined }), replace: true });
    return saved;
  });
}

type BaseNoticeProps = EditorTabProps & { readonly isChanged: boolean };

/** Says where one is, where that is not the newest version; and where drafts of other versions wait. */
function BaseNotice({ prompt, version, isChanged }: BaseNoticeProps) {
  const others = listDrafts(prompt.id).filter((base) => base !== version.version);
  const isOld = version.version !== prompt.latest_version;
  if (!isOld && others.length === 0) return null;
  return (
    <div className={classes.notice} role="note">
      {isOld && (
        <p>
          This is version {version.version}. The newest is{' '}
          <Link to="/prompts/$promptId" params={{ promptId: prompt.id }} search={{}}>
            version {prompt.latest_version}
          </Link>
          . {isChanged ? 'Saving' : 'Changing it and saving'} makes version {prompt.latest_version + 1} of it.
        </p>
      )}
      {others.map((base) => (
        <p key={base}>
          An unsaved draft that started from version {base} is waiting.{' '}
          <Link to="/prompts/$promptId" params={{ promptId: prompt.id }} search={{ version: base }}>
            Open it
          </Link>
        </p>
      ))}
    </div>
  );
}
