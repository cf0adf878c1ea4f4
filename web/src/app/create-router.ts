import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { CreatePage } from '../images/create-page.tsx';
import { readCreateSearch } from '../images/create-search.ts';
import { readSignInSearch } from '../session/sign-in-search.ts';
import { AppFrame } from './app-frame.tsx';
import { NotFoundPage } from './not-found-page.tsx';

/** Every page of the app and its address. */
export function createAppRouter() {
  const root = createRootRoute({
    component: AppFrame,
    notFoundComponent: NotFoundPage,
    validateSearch: readSignInSearch,
  });
  const create = createRoute({
    getParentRoute: () => root,
    path: '/',
    component: CreatePage,
    validateSearch: readCreateSearch,
  });
  return createRouter({ routeTree: root.addChildren([create]) });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
