import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { CopyIcon } from '../common/copy-field.tsx';
import { ErrorNotice } from '../common/error-notice.tsx';
import { Loaded } from '../common/loaded.tsx';
import { usePictor } from '../common/pictor-context.ts';
import { useActiveProject } from '../session/use-active-project.ts';
import classes from './provider-list.module.css';
import { ProviderRow } from './provider-row.tsx';

/** The services and engines behind the server, how they are, and what is missing to have more. */
export function ProviderList() {
  const { isRoot } = useActiveProject();
  if (!isRoot) {
    return (
      <p className={classes.closed}>
        Providers belong to no project: what failed last may have been anybody’s. Only a session of the root
        key sees them. Sign out, and sign in with the key that Pictor printed on its first start.
      </p>
    );
  }
  return <Providers />;
}

function Providers() {
  const pictor = usePictor();
  const providers = useQuery({
    queryKey: ['providers'],
    queryFn: ({ signal }) => pictor.providers.list({ signal }),
    staleTime: 0,
  });
  const check = useMutation({
    mutationFn: () => pictor.providers.check(),
    onSettled: () => void providers.refetch(),
  });
  const findings = new Map(check.data?.data.map((each) => [each.name, each]));
  return (
    <div className={classes.list}>
      <div className={classes.head}>
        <p>
          A check looks at every account and deployment without making an image. It can take half a minute.
        </p>
        <Button loading={check.isPending} onClick={() => check.mutate()}>
          Check all
        </Button>
      </div>
      {check.error !== null && <ErrorNotice title="The check failed" error={check.error} />}
      <Loaded query={providers} what="The providers">
        {({ data, not_configured: missing }) => (
          <>
            <ul className={classes.rows} aria-label="Configured providers">
              {data.map((provider) => (
                <ProviderRow
                  key={provider.name}
                  provider={provider}
                  check={findings.get(provider.name)}
                  isChecking={check.isPending}
                />
              ))}
            </ul>
            {missing.length > 0 && (
              <>
                <h2 className={classes.title}>Not configured</h2>
                <ul className={classes.rows} aria-label="Providers that are not configured">
                  {missing.map(({ provider, title, variables }) => (
                    <li key={provider} className={classes.row}>
                      <h3 className={classes.name}>{title}</h3>
                      {variables.length === 0 ? (
                        <p className={classes.purpose}>
                          Configured in <code>pictor.yaml</code> under <code>providers.{provider}</code>.
                        </p>
                      ) : (
                        <ul className={classes.variables}>
                          {variables.map(({ name, purpose }) => (
                            <li key={name}>
                              <span className={classes.variable}>
                                <code>{name}</code> <CopyIcon value={name} what={name} />
                              </span>
                              <span className={classes.purpose}>{purpose}</span>
                            </li>
                          ))}
                        </ul>
                      )}
                    </li>
                  ))}
                </ul>
                <p className={classes.purpose}>
                  Set a variable in the environment or in the file <code>.env</code> beside Pictor, and start
                  it again.
                </p>
              </>
            )}
          </>
        )}
      </Loaded>
    </div>
  );
}
