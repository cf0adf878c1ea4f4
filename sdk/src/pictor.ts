import { type Budgets, budgetsOver, limitsOver, type RateLimits } from './budgets.ts';
import { type Conversations, conversationsOver } from './conversations.ts';
import { type Datasets, datasetsOver } from './datasets.ts';
import { type Evaluations, evaluationsOver } from './evaluations.ts';
import { type Files, filesOver } from './files.ts';
import { type Gallery, galleryOver } from './gallery.ts';
import { type Images, imagesOver } from './images.ts';
import { type Models, modelsOver } from './models.ts';
import { type Projects, projectsOver } from './projects.ts';
import { type Prompts, promptsOver } from './prompts.ts';
import { type Providers, providersOver } from './providers.ts';
import { type Requests, requestsOver } from './requests.ts';
import { type Responses, responsesOver } from './responses.ts';
import type { Transport } from './send-call.ts';
import { type Sessions, sessionsOver } from './session.ts';
import { type Spending, spendOver } from './spend.ts';
import { type Webhooks, webhooksOver } from './webhooks.ts';

export type PictorOptions = {
  /** Address of the server: `http://127.0.0.1:4100`. Default: the origin of the page. */
  readonly baseUrl?: string;
  /** Default: none; in a page the session's cookie speaks for the caller. */
  readonly apiKey?: string;
  /** Id of the project that a root key acts for. Default: the server's first one. */
  readonly project?: string;
  /**
   * How often a call that failed in passing is sent again: 0 for never. Default: 2. Calls that make pictures carry an
   * idempotency key, so that no retry pays twice.
   */
  readonly maxRetries?: number;
  /** Default: the global fetch. */
  readonly fetch?: typeof fetch;
};

/**
 * A client of one Pictor server. Methods throw a `PictorApiError` of the class that says what went wrong, or the reason
 * of the signal that ended them.
 */
export class Pictor {
  readonly images: Images;
  readonly files: Files;
  readonly gallery: Gallery;
  readonly requests: Requests;
  readonly models: Models;
  readonly spend: Spending;
  readonly budgets: Budgets;
  readonly limits: RateLimits;
  readonly projects: Projects;
  readonly prompts: Prompts;
  readonly providers: Providers;
  readonly webhooks: Webhooks;
  readonly datasets: Datasets;
  readonly evaluations: Evaluations;
  readonly responses: Responses;
  readonly conversations: Conversations;
  readonly session: Sessions;

  constructor(options: PictorOptions = {}) {
    const transport: Transport = {
      baseUrl: (options.baseUrl ?? '').replace(/\/+$/, ''),
      apiKey: options.apiKey,
      project: options.project,
      maxRetries: options.maxRetries ?? 2,
      fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    };
    this.images = imagesOver(transport);
    this.files = filesOver(transport);
    this.gallery = galleryOver(transport);
    this.requests = requestsOver(transport);
    this.models = modelsOver(transport);
    this.spend = spendOver(transport);
    this.budgets = budgetsOver(transport);
    this.limits = limitsOver(transport);
    this.projects = projectsOver(transport);
    this.prompts = promptsOver(transport);
    this.providers = providersOver(transport);
    this.webhooks = webhooksOver(transport);
    this.datasets = datasetsOver(transport);
    this.evaluations = evaluationsOver(transport);
    this.responses = responsesOver(transport);
    this.conversations = conversationsOver(transport);
    this.session = sessionsOver(transport);
  }
}
