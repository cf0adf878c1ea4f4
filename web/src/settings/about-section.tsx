import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useSession } from '../session/use-session.ts';
import classes from './about-section.module.css';
import { SettingsSection } from './settings-section.tsx';

/** What runs here. */
export function AboutSection() {
  const { data: session } = useSession();
  if (session === undefined) return null;
  return (
    <SettingsSection title="About" description="Pictor, your own server for making images through an API.">
      <dl className={classes.facts}>
        <Fact name="Version">{session.version}</Fact>
        <Fact name="Address">{location.origin}</Fact>
        <Fact name="Signed in with">
          {session.scopes.includes('root')
            ? 'the root key'
            : `a key of “${session.project?.name}” that may ${session.scopes.join(', ')}`}
        </Fact>
        <Fact name="Engines">
          {session.engine.stand_in ? (
            <>
              the built-in sketch engine stands in for all models; <Link to="/start">add a provider</Link>
            </>
          ) : (
            <Link to="/models" search={{ tab: 'providers' }}>
              see the providers
            </Link>
          )}
        </Fact>
        <Fact name="Licence">Apache 2.0</Fact>
      </dl>
    </SettingsSection>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
