import type { PromptView } from '@pictor/sdk';
import { Link } from '@tanstack/react-router';
import { Section } from '../editor/section.tsx';
import { useUses } from '../use-prompts.ts';
import classes from './usage-tab.module.css';

/** Which prompts take this one in as a snippet. */
export function SnippetUses({ prompt }: { readonly prompt: PromptView }) {
  const uses = useUses(prompt.id);
  if (uses.data === undefined) return null;
  const current = uses.data.filter((use) => use.is_latest);
  const earlier = uses.data.length - current.length;
  return (
    <Section title="Used as a snippet">
      {current.length === 0 ? (
        <p className={classes.words}>
          No prompt takes it in. Write <code>@@@{prompt.name}@@@</code> in another prompt’s text, and its
          words stand there.
        </p>
      ) : (
        <ul className={classes.uses}>
          {current.map((use) => (
            <li key={`${use.prompt} ${use.pinned_version} ${use.pinned_label}`}>
              <Link to="/prompts/$promptId" params={{ promptId: use.prompt }}>
                {use.prompt}
              </Link>{' '}
              <span className={classes.pin}>
                v{use.version} takes{' '}
                {use.pinned_version !== null
                  ? `version ${use.pinned_version}`
                  : use.pinned_label !== null
                    ? `the label ${use.pinned_label}`
                    : 'the newest version'}
              </span>
            </li>
          ))}
        </ul>
      )}
      {earlier > 0 && (
        <p className={classes.words}>
          {earlier === 1 ? 'One earlier version names it too.' : `${earlier} earlier versions name it too.`}
        </p>
      )}
    </Section>
  );
}
