import { Burger, Loader } from '@mantine/core';
import type { Session } from '@pictor/sdk';
import { Link, Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { ErrorNotice } from '../common/error-notice.tsx';
import { EngineNotice } from '../session/engine-notice.tsx';
import { ProjectSwitch } from '../session/project-switch.tsx';
import { SignOutButton } from '../session/sign-out-button.tsx';
import { useFollowProject } from '../session/use-choose-project.ts';
import { useSession } from '../session/use-session.ts';
import classes from './app-frame.module.css';
import { ColorSchemeToggle } from './color-scheme-toggle.tsx';
import { MainNav } from './main-nav.tsx';
import { PictorMark } from './pictor-mark.tsx';

const NavDrawer = lazy(async () => ({ default: (await import('./nav-drawer.tsx')).NavDrawer }));
const SignInPage = lazy(async () => ({ default: (await import('../session/sign-in-page.tsx')).SignInPage }));

/** What surrounds every page. Without a session every address shows sign-in. */
export function AppFrame() {
  const session = useSession();
  useFollowProject();
  if (session.data === undefined) {
    return (
      <main className={classes.wait}>
        {session.error === null ? (
          <Loader size="sm" color="gray" aria-label="Opening Pictor" />
        ) : (
          <ErrorNotice
            title="Pictor could not be opened"
            error={session.error}
            onRetry={() => void session.refetch()}
          />
        )}
      </main>
    );
  }
  if (!session.data.signed_in) {
    return (
      <Suspense>
        <SignInPage mark={<PictorMark size={40} />} aside={<ColorSchemeToggle />} />
      </Suspense>
    );
  }
  return (
    <div className={classes.frame}>
      <Header session={session.data} />
      <div className={classes.body}>
        <div className={classes.rail}>
          <MainNav />
        </div>
        <main className={classes.main}>
          <Outlet />
        </main>
      </div>
    </div>
  );
}

function Header({ session }: { readonly session: Session }) {
  return (
    <>
      <header className={classes.header}>
        <NavBurger />
        <Link to="/" className={classes.brand} aria-label="Pictor, home">
          <PictorMark />
          <span className={classes.name}>Pictor</span>
        </Link>
        <ProjectSwitch session={session} />
        <span className={classes.space} />
        <ColorSchemeToggle />
        <SignOutButton />
      </header>
      {session.engine.stand_in && session.engine.notice !== null && (
        <EngineNotice text={session.engine.notice} />
      )}
    </>
  );
}

/** The places of the app where there is no room for the rail. */
function NavBurger() {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className={classes.burger}>
      <Burger
        opened={isOpen}
        size="sm"
        aria-label={isOpen ? 'Close navigation' : 'Open navigation'}
        onClick={() => setOpen(!isOpen)}
      />
      <Suspense>{isOpen && <NavDrawer onClose={() => setOpen(false)} />}</Suspense>
    </div>
  );
}
