import { MantineProvider } from '@mantine/core';
import { Pictor } from '@pictor/sdk';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { PictorContext } from '../common/pictor-context.ts';
import { createQueryClient } from './create-query-client.ts';
import { createAppRouter } from './create-router.ts';
import { theme } from './theme.ts';

/** The whole web app. */
export function App() {
  const [pictor] = useState(() => new Pictor());
  const [queryClient] = useState(createQueryClient);
  const [router] = useState(createAppRouter);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <PictorContext value={pictor}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </PictorContext>
    </MantineProvider>
  );
}
