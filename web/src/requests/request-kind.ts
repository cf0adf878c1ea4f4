import type { RequestSummary } from '@pictor/sdk';

const names = {
  generate: 'Generation',
  edit: 'Edit',
  vary: 'Variation',
  respond: 'Response',
  log: 'Logged call',
} as const satisfies Record<RequestSummary['kind'], string>;

/** What kind of call it is, as people call it. */
export function nameKind({ kind }: Pick<RequestSummary, 'kind'>): string {
  return names[kind];
}

/** Was it a call of the Images API? Only those can be sent again, and opened in the playground. */
export function isImageRequest({ kind }: Pick<RequestSummary, 'kind'>): boolean {
  return kind !== 'respond' && kind !== 'log';
}
