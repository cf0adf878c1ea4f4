import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { readCompareSearch } from '../compare/compare-search.ts';
import { readConversationSearch, readConversationsSearch } from '../conversations/conversation-search.ts';
import { readDatasetSearch } from '../datasets/dataset-search.ts';
import { readEvaluationSearch, readRatingSearch } from '../evaluations/evaluation-search.ts';
import { readGallerySearch } from '../gallery/gallery-search.ts';
import { readModelsSearch } from '../models/models-search.ts';
import { readPlaygroundSearch } from '../playground/playground-search.ts';
import { readPromptSearch, readPromptsSearch } from '../prompts/prompts-search.ts';
import { readRequestsSearch } from '../requests/requests-search.ts';
import { readSignInSearch } from '../session/sign-in-search.ts';
import { readSettingsSearch } from '../settings/settings-search.ts';
import { readSpendSearch } from '../spend/spend-search.ts';
import { readStartSearch } from '../start/start-search.ts';
import { AppFrame } from './app-frame.tsx';
import { NotFoundPage } from './not-found-page.tsx';

const root = createRootRoute({
  component: AppFrame,
  notFoundComponent: NotFoundPage,
  validateSearch: readSignInSearch,
});

const getParentRoute = () => root;

/**
 * Every page of the app and its address. The script of a page is loaded when the page is opened, and everything that a
 * page shows is in its address: `validateSearch` reads it.
 */
const routes = [
  createRoute({
    getParentRoute,
    path: '/',
    component: lazyRouteComponent(() => import('../playground/playground-page.tsx'), 'PlaygroundPage'),
    validateSearch: readPlaygroundSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/start',
    component: lazyRouteComponent(() => import('../start/start-page.tsx'), 'StartPage'),
    validateSearch: readStartSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/compare',
    validateSearch: readCompareSearch,
    component: lazyRouteComponent(() => import('../compare/compare-page.tsx'), 'ComparePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/conversations',
    validateSearch: readConversationsSearch,
    component: lazyRouteComponent(
      () => import('../conversations/conversations-page.tsx'),
      'ConversationsPage',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/conversations/$conversationId',
    validateSearch: readConversationSearch,
    component: lazyRouteComponent(() => import('../conversations/conversation-page.tsx'), 'ConversationPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/images',
    component: lazyRouteComponent(() => import('../gallery/gallery-page.tsx'), 'GalleryPage'),
    validateSearch: readGallerySearch,
  }),
  createRoute({
    getParentRoute,
    path: '/requests',
    component: lazyRouteComponent(() => import('../requests/requests-page.tsx'), 'RequestsPage'),
    validateSearch: readRequestsSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/requests/$requestId',
    component: lazyRouteComponent(() => import('../requests/request-page.tsx'), 'RequestPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/prompts',
    component: lazyRouteComponent(() => import('../prompts/prompts-page.tsx'), 'PromptsPage'),
    validateSearch: readPromptsSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/prompts/$promptId',
    component: lazyRouteComponent(() => import('../prompts/prompt-page.tsx'), 'PromptPage'),
    validateSearch: readPromptSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/evaluations',
    component: lazyRouteComponent(() => import('../evaluations/evaluations-page.tsx'), 'EvaluationsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/evaluations/$evaluationId',
    component: lazyRouteComponent(() => import('../evaluations/evaluation-page.tsx'), 'EvaluationPage'),
    validateSearch: readEvaluationSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/evaluations/$evaluationId/rate',
    component: lazyRouteComponent(() => import('../evaluations/rating-page.tsx'), 'RatingPage'),
    validateSearch: readRatingSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/datasets',
    component: lazyRouteComponent(() => import('../datasets/datasets-page.tsx'), 'DatasetsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/datasets/$datasetId',
    component: lazyRouteComponent(() => import('../datasets/dataset-page.tsx'), 'DatasetPage'),
    validateSearch: readDatasetSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/spend',
    component: lazyRouteComponent(() => import('../spend/spend-page.tsx'), 'SpendPage'),
    validateSearch: readSpendSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/models',
    component: lazyRouteComponent(() => import('../models/models-page.tsx'), 'ModelsPage'),
    validateSearch: readModelsSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/settings',
    beforeLoad: () => {
      throw redirect({ to: '/settings/$section', params: { section: 'projects' } });
    },
  }),
  createRoute({
    getParentRoute,
    path: '/settings/$section',
    component: lazyRouteComponent(() => import('../settings/settings-page.tsx'), 'SettingsPage'),
    validateSearch: readSettingsSearch,
  }),
] as const;

export function createAppRouter() {
  return createRouter({ routeTree: root.addChildren(routes), defaultPreload: 'intent' });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
