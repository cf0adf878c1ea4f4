import { Burger, Drawer, Loader } from '@mantine/core';
import type { Session } from '@pictor/sdk';
import { Link, Outlet } from '@tanstack/react-router';
import { useState } from 'react';
import { ErrorNotice } from '../common/error-notice.tsx';
import { EngineNotice } from '../session/engine-notice.tsx';
import { ProjectSwitch } from '../session/project-switch.tsx';
import { SignInPage } from '../session/sign-in-page.tsx';
import { SignOutButton } from '../session/sign-out-button.tsx';
import { useFollowProject } from '../session/use-choose-project.ts';
import { useSession } from '../session/use-session.ts';
import classes from './app-frame.module.css';
import { ColorSchemeToggle } from './color-scheme-toggle.tsx';
import { MainNav } from './main-nav.tsx';
import { PictorMark } from './pictor-mark.tsx';

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
  if (!session.data.signed_in)
    return <SignInPage mark={<PictorMark size={40} />} aside={<ColorSchemeToggle />} />;
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
        <NavDrawer />
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
function NavDrawer() {
  const [isOpen, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  return (
    <div className={classes.burger}>
      <Burger
        opened={isOpen}
        size="sm"
        aria-label={isOpen ? 'Close navigation' : 'Open navigation'}
        onClick={() => setOpen(!isOpen)}
      />
      <Drawer
        opened={isOpen}
        onClose={close}
        title="Pictor"
        size="16rem"
        closeButtonProps={{ 'aria-label': 'Close navigation' }}
      >
        <MainNav onChoose={close} />
      </Drawer>
    </div>
  );
}
