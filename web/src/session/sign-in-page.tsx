import { Button, PasswordInput } from '@mantine/core';
import { PictorApiError } from '@pictor/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useState } from 'react';
import { usePictor } from '../common/pictor-context.ts';
import { usePageTitle } from '../common/use-page-title.ts';
import classes from './sign-in-page.module.css';
import { sessionKey } from './use-session.ts';

type SignInPageProps = {
  readonly mark: ReactNode;
  /** Stands in the corner. */
  readonly aside: ReactNode;
};

/** Shown at every address while nobody is signed in. */
export function SignInPage({ mark, aside }: SignInPageProps) {
  usePageTitle('Sign in');
  const { sign_in: signIn } = useSearch({ from: '__root__' });
  return (
    <main className={classes.page}>
      <div className={classes.corner}>{aside}</div>
      <div className={classes.card}>
        <div className={classes.mark}>{mark}</div>
        <h1 className={classes.title}>Sign in to Pictor</h1>
        {signIn === 'spent' ? (
          <p className={classes.spent} role="alert">
            That sign-in link was used already or is older than 15 minutes. Restart Pictor for a new one, or
            sign in with the API key.
          </p>
        ) : (
          <p className={classes.lead}>
            Your own server for making images through an API. It is yours alone, so it asks who you are.
          </p>
        )}
        <KeyForm />
        <WhereToLook />
      </div>
    </main>
  );
}

function KeyForm() {
  const pictor = usePictor();
  const queryClient = useQueryClient();
  const navigate = useNavigate({ from: '/' });
  const [key, setKey] = useState('');
  const signIn = useMutation({
    mutationFn: (typed: string) => pictor.session.signIn(typed),
    onSuccess: async (session) => {
      // What the address says of a spent link is over now.
      await navigate({ search: (search) => ({ ...search, sign_in: undefined }), replace: true });
      queryClient.setQueryData(sessionKey, session);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const typed = key.trim();
    if (typed !== '') signIn.mutate(typed);
  };
  return (
    <form onSubmit={submit} className={classes.form}>
      <PasswordInput
        label="API key"
        placeholder="sk-pictor-…"
        size="md"
        autoFocus
        autoComplete="current-password"
        spellCheck={false}
        value={key}
        onChange={(event) => {
          setKey(event.currentTarget.value);
          if (signIn.isError) signIn.reset();
        }}
        error={signIn.error === null ? undefined : <span role="alert">{toWords(signIn.error)}</span>}
        visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the key' }}
      />
      <Button type="submit" size="md" fullWidth loading={signIn.isPending} disabled={key.trim() === ''}>
        Sign in
      </Button>
    </form>
  );
}

function WhereToLook() {
  return (
    <section className={classes.help} aria-label="Where to find the key">
      <h2>Where to look</h2>
      <ul>
        <li>
          The terminal in which Pictor was started shows a <strong>sign-in link</strong>. Open it, and nothing
          has to be typed.
        </li>
        <li>
          The key is in the file <code>api-key</code> in Pictor's data folder:
          <code className={classes.command}>cat data/api-key</code>
        </li>
        <li>
          If you set <code>PICTOR_API_KEY</code> yourself, that is the key.
        </li>
      </ul>
    </section>
  );
}

function toWords(error: Error): string {
  const wrongKey = error instanceof PictorApiError && error.code === 'invalid_api_key';
  return wrongKey ? 'Pictor does not know this key (invalid_api_key).' : error.message;
}
