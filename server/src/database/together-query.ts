import { CompiledQuery } from 'kysely';

type TogetherQuery = CompiledQuery & { readonly together: readonly CompiledQuery[] };

/** Statements of one transaction, in the form that goes through Kysely. The embedded dialect asks for it. */
export function togetherQuery(together: readonly CompiledQuery[]): TogetherQuery {
  return { ...CompiledQuery.raw(together.map(({ sql }) => sql).join(';\n')), together };
}

export function isTogether(query: CompiledQuery): query is TogetherQuery {
  return 'together' in query;
}
