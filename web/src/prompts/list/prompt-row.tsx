import type { PromptView } from '@pictor/sdk';
import { Link } from '@tanstack/react-router';
import { RelativeTime } from '../../common/relative-time.tsx';
import { listDrafts } from '../editor/draft-store.ts';
import { LabelChip } from '../label-chip.tsx';
import classes from './prompt-row.module.css';

type PromptRowProps = {
  readonly prompt: PromptView;
  /** Requests of the last 30 days; undefined: not known yet. */
  readonly requests: number | undefined;
};

const shownLabels = 6;

/** One prompt in the list; a link to its page. */
export function PromptRow({ prompt, requests }: PromptRowProps) {
  const facts = [
    typeName(prompt),
    prompt.model,
    requests === undefined || requests === 0 ? null : `${requests.toLocaleString('en')} runs in 30 days`,
  ].filter((fact) => fact !== null);
  return (
    <Link to="/prompts/$promptId" params={{ promptId: prompt.id }} className={classes.row}>
      <span className={classes.main}>
        {prompt.folder !== null && prompt.folder !== '' && (
          <span className={classes.folder}>{prompt.folder}</span>
        )}
        <span className={classes.name}>{prompt.name}</span>
        <span className={classes.facts}>{facts.join(' · ')}</span>
      </span>
      <span className={classes.marks}>
        {listDrafts(prompt.id).length > 0 && <span className={classes.draft}>unsaved draft</span>}
        {prompt.archived && <span className={classes.draft}>archived</span>}
        {prompt.labels.slice(0, shownLabels).map((label) => (
          <LabelChip key={label.name} label={label} />
        ))}
        {prompt.tags.slice(0, shownLabels).map((tag) => (
          <span key={tag} className={classes.tag}>
            {tag}
          </span>
        ))}
      </span>
      <span className={classes.version}>
        v{prompt.latest_version}
        <span className={classes.time}>
          <RelativeTime at={prompt.updated_at} />
        </span>
      </span>
    </Link>
  );
}

function typeName({ type, model }: PromptView): string {
  if (type === 'chat') return 'Chat';
  return model === null ? 'Snippet' : 'Completion';
}
