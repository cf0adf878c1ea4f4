import { Button } from '@mantine/core';
import { IconBrush, IconPlayerPlay } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { ErrorNotice } from '../common/error-notice.tsx';
import { Loaded } from '../common/loaded.tsx';
import { usePictor } from '../common/pictor-context.ts';
import { RunningNotice } from '../common/running-notice.tsx';
import { requestsKey, useRequest } from '../requests/use-requests.ts';
import { ImageCard } from '../viewer/image-card.tsx';
import classes from './start-page.module.css';
import { StartStep } from './start-step.tsx';

/** The engine that is always there; it draws offline and for nothing. */
const model = 'sketch-1';
const examples = [
  'A red fox asleep under a full moon, snow on the hills behind it',
  'A lighthouse on a cliff at sunset, sailing boats far out on the sea',
  'A poster that says “Good morning” above a cup of coffee and a croissant',
] as const;

/** Makes a first picture with one press and shows everything that is kept of it. */
export function ExampleStep({ isStandIn }: { readonly isStandIn: boolean }) {
  const pictor = usePictor();
  const queryClient = useQueryClient();
  const navigate = useNavigate({ from: '/start' });
  const { example } = useSearch({ from: '/start' });
  const [sinceMs, setSinceMs] = useState(0);
  const run = useMutation({
    mutationFn: (prompt: string) => {
      setSinceMs(Date.now());
      return pictor.images.generate({ model, prompt, size: '1024x1024' }, { tags: ['example'] });
    },
    onSuccess: async ({ pictor: report }) => {
      await navigate({
        search: (search) => ({ ...search, example: report?.request }),
        replace: true,
        resetScroll: false,
      });
      await queryClient.invalidateQueries({ queryKey: requestsKey });
    },
  });
  return (
    <StartStep title="Make a first picture">
      <p className={classes.text}>
        {isStandIn
          ? 'No provider is set up, so the built-in engine, sketch, draws for every model: offline, at once, and for nothing. It is a stand-in to build with, not an artist.'
          : 'The built-in engine, sketch, draws these examples: offline, at once, and for nothing.'}{' '}
        Press one:
      </p>
      <ul className={classes.examples}>
        {examples.map((prompt) => (
          <li key={prompt}>
            <button
              type="button"
              className={classes.example}
              disabled={run.isPending}
              onClick={() => run.mutate(prompt)}
            >
              <span>{prompt}</span>
              <IconPlayerPlay size={18} stroke={1.5} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
      {run.error !== null && <ErrorNotice title="The picture was not made" error={run.error} />}
      {run.isPending ? (
        <div className={classes.stage}>
          <RunningNotice model={model} sinceMs={sinceMs} />
        </div>
      ) : (
        example !== undefined && <Example requestId={example} />
      )}
    </StartStep>
  );
}

function Example({ requestId }: { readonly requestId: string }) {
  const request = useRequest(requestId);
  return (
    <section aria-label="Finished example" className={classes.stage}>
      <p className={classes.text}>
        An example, drawn by sketch and tagged <code>example</code>. Every request is kept like this: its
        prompt, parameters, image and cost, under an id that can be opened, repeated and shared.
      </p>
      <Loaded query={request} what="The example" height={420}>
        {(made) => (
          <>
            {made.images.map((image) => (
              <ImageCard key={image.id} image={image} request={made} />
            ))}
            <div className={classes.actions}>
              <Button
                variant="default"
                renderRoot={(props) => <Link {...props} to="/requests/$requestId" params={{ requestId }} />}
              >
                Open the request
              </Button>
              <Button
                variant="default"
                leftSection={<IconBrush size={16} aria-hidden />}
                renderRoot={(props) => <Link {...props} to="/" />}
              >
                Write a prompt of your own
              </Button>
            </div>
          </>
        )}
      </Loaded>
    </section>
  );
}
