import type { RequestSummary } from '@pictor/sdk';
import { useGoTo } from '../common/use-go-to.ts';
import classes from './request-family.module.css';

/** What the request came from, what it led to, and where it stands in a trace. */
export function RequestFamily({ request }: { readonly request: RequestSummary }) {
  const goTo = useGoTo();
  const { replay_of: origin, replays, response, span, group } = request;
  return (
    <section className={classes.family} aria-labelledby="request-family">
      <h2 id="request-family">Family</h2>
      {origin === null && replays.length === 0 && response === null && span === null && (
        <p className={classes.none}>It stands by itself: no replay, no response, no trace.</p>
      )}
      <dl>
        {origin !== null && (
          <Member name="Sent again from">
            <a {...goTo(`/requests/${origin}`)}>{origin}</a>
          </Member>
        )}
        {replays.length > 0 && (
          <Member name="Sent again as">
            {replays.map((id) => (
              <a key={id} {...goTo(`/requests/${id}`)}>
                {id}
              </a>
            ))}
          </Member>
        )}
        {response !== null && <Member name="Made for the response">{response}</Member>}
        {span !== null && <Member name="Span of a trace">{span}</Member>}
        {group !== null && <Member name="Group">{group}</Member>}
      </dl>
    </section>
  );
}

function Member({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
