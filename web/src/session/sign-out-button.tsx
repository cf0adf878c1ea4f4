import { ActionIcon } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { usePictor } from '../common/pictor-context.ts';
import { forgetPlayground } from '../playground/forget-playground.ts';
import { sessionKey } from './use-session.ts';

/** Ends the session and forgets everything that was read in it. */
export function SignOutButton() {
  const pictor = usePictor();
  const queryClient = useQueryClient();
  const signOut = useMutation({
    mutationFn: () => pictor.session.signOut(),
    onSuccess: async () => {
      forgetPlayground();
      queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
      await queryClient.invalidateQueries({ queryKey: sessionKey });
    },
  });
  const label = signOut.isError ? 'Signing out failed. Try again' : 'Sign out';
  return (
    <ActionIcon
      variant="subtle"
      color={signOut.isError ? 'red' : 'gray'}
      size="lg"
      aria-label={label}
      title={label}
      loading={signOut.isPending}
      onClick={() => signOut.mutate()}
    >
      <IconLogout size={18} stroke={1.6} />
    </ActionIcon>
  );
}
