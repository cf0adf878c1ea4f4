import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CopyIcon } from '../common/copy-field.tsx';
import { Loaded } from '../common/loaded.tsx';
import { usePictor } from '../common/pictor-context.ts';
import { useActiveProject } from '../session/use-active-project.ts';
import classes from './start-page.module.css';
import { StartStep } from './start-step.tsx';

/** Which variable sets up which provider. */
export function ProviderStep({ isStandIn }: { readonly isStandIn: boolean }) {
  const { isRoot } = useActiveProject();
  return (
    <StartStep title="Add a provider">
      <p className={classes.text}>
        {isStandIn
          ? 'Set one of these in the environment, or in the file .env beside Pictor, and start it again. The models of that provider are then drawn by the real thing; nothing else changes.'
          : 'A provider is set up. More of them stand side by side, and requests go on to the next where one fails.'}
      </p>
      {isRoot ? (
        <Variables />
      ) : (
        <p className={classes.text}>
          You are signed in with a key of a project. Whoever runs this server sets providers up.
        </p>
      )}
    </StartStep>
  );
}

function Variables() {
  const pictor = usePictor();
  const providers = useQuery({
    queryKey: ['providers'],
    queryFn: ({ signal }) => pictor.providers.list({ signal }),
  });
  return (
    <Loaded query={providers} what="The providers" height={200}>
      {({ data, not_configured: missing }) => (
        <>
          <ul className={classes.variables}>
            {data
              .filter(({ external }) => external)
              .map(({ name, title }) => (
                <li key={name}>
                  <span>{title}</span> <span className={classes.done}>set up as {name}</span>
                </li>
              ))}
            {missing.map(({ provider, title, variables: [first] }) => (
              <li key={provider}>
                <span>{title}</span>
                {first === undefined ? (
                  <span>in pictor.yaml</span>
                ) : (
                  <span className={classes.variable}>
                    <code>{first.name}</code> <CopyIcon value={first.name} what={first.name} />
                  </span>
                )}
              </li>
            ))}
          </ul>
          <p className={classes.text}>
            <Link to="/models" search={{ tab: 'providers' }}>
              All variables of every provider, and a check of what is set
            </Link>
          </p>
        </>
      )}
    </Loaded>
  );
}
