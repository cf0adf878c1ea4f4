import { SegmentedControl } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { CopyIcon } from '../common/copy-field.tsx';
import { clientNames, clientTitles, writeSnippet } from './client-snippets.ts';
import classes from './start-page.module.css';
import { StartStep } from './start-step.tsx';

/** How a client is pointed here, with the address of this very server. */
export function ClientStep() {
  const { client = 'curl' } = useSearch({ from: '/start' });
  const navigate = useNavigate({ from: '/start' });
  const snippet = writeSnippet(client, location.origin);
  return (
    <StartStep title="Point your client here">
      <p className={classes.text}>
        Official clients run unchanged: give them this address and a key of Pictor’s.{' '}
        <Link to="/settings/$section" params={{ section: 'keys' }} search={{ make: true }}>
          Make a key
        </Link>{' '}
        for each application, and put it in place of <code>YOUR_PICTOR_KEY</code>.
      </p>
      <SegmentedControl
        className={classes.clients}
        aria-label="Client"
        data={clientNames.map((value) => ({ value, label: clientTitles[value] }))}
        value={client}
        onChange={(value) =>
          void navigate({
            search: (search) => ({ ...search, client: clientNames.find((name) => name === value) }),
            replace: true,
            resetScroll: false,
          })
        }
      />
      <div className={classes.code}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keys. */}
        <section aria-label="Code" data-scrolls-sideways tabIndex={0}>
          <pre>{snippet}</pre>
        </section>
        <div className={classes.copy}>
          <CopyIcon value={snippet} what="Code" />
        </div>
      </div>
      {client === 'promptlayer' && (
        <p className={classes.text}>
          It runs prompts that are saved here: <Link to="/prompts">write one first</Link>.
        </p>
      )}
    </StartStep>
  );
}
