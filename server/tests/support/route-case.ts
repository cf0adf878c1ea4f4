import type { FormPart } from './forms.ts';

/**
 * What the first project has, by the name that a case calls it: every id is real, and belongs to that project. Whoever
 * adds a kind of thing adds it here, makes one in make-first-project.ts, and names it in the cases of its routes.
 */
export const thingNames = [
  'project',
  'key',
  'request',
  'running',
  'edit',
  'variation',
  'image',
  'file',
  'webhook',
  'attempt',
  'budget',
  'limit',
  'prompt',
  'promptLabel',
  'idempotencyKey',
  'response',
  'drawing',
  'conversation',
  'item',
  'savedSearch',
  'dataset',
  'datasetRow',
  'evaluation',
  'evaluationRun',
  'gate',
] as const;

export type ThingName = (typeof thingNames)[number];

/** Ids of things: those of the first project, or invented ones of the same shape. */
export type Things = Readonly<Record<ThingName, string>>;

export type From<T> = (things: Things) => T;

/**
 * One way to ask a route for things of the first project. The walk asks it with the second project's key, once with
 * the real ids and once with invented ones: both answers must be the same, and hold nothing of the first project.
 */
export type RouteCase = {
  /** Which thing stands for which parameter of the path; `=1` is the text itself. */
  readonly params?: Readonly<Record<string, ThingName | `=${string}`>>;
  readonly query?: From<Readonly<Record<string, string>>>;
  readonly headers?: From<Readonly<Record<string, string>>>;
  /** Sent as JSON. */
  readonly body?: From<unknown>;
  readonly form?: From<readonly FormPart[]>;
  /**
   * Who may: the walk asks with this key as well, at its end, and expects that real ids make a difference to it, since
   * a case that asks wrongly proves nothing. `owner` is the first project's own key. Default: `owner`.
   */
  readonly openTo?: 'owner' | 'root';
  /** True: it makes something new, or only names a place in a list: real ids make no difference to anybody. */
  readonly namesNothing?: true;
};

/** A route that holds nothing of any project; the text says why. */
export type OpenRoute = { readonly holdsNothing: string };
