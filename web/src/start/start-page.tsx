import { PageHeader } from '../common/page-header.tsx';
import { useSession } from '../session/use-session.ts';
import { ClientStep } from './client-step.tsx';
import { ExampleStep } from './example-step.tsx';
import { ProviderStep } from './provider-step.tsx';
import classes from './start-page.module.css';

/** From a new server to pictures of one's own, in three steps. */
export function StartPage() {
  const { data: session } = useSession();
  const isStandIn = session?.engine.stand_in === true;
  return (
    <div className={classes.page}>
      <PageHeader
        title="Start"
        description="Your own server for making images through an API. It speaks the OpenAI and PromptLayer wires, keeps every request with its images and cost, and works without a provider until you add one."
      />
      <ol className={classes.steps}>
        <ExampleStep isStandIn={isStandIn} />
        <ProviderStep isStandIn={isStandIn} />
        <ClientStep />
      </ol>
    </div>
  );
}
