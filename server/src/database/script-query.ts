import { CompiledQuery } from 'kysely';

type ScriptQuery = CompiledQuery & { readonly script: true };

/** A text of any number of statements, in the form that goes through Kysely. The embedded dialect asks for it. */
export function scriptQuery(text: string): ScriptQuery {
  return { ...CompiledQuery.raw(text), script: true };
}

export function isScript(query: CompiledQuery): query is ScriptQuery {
  return 'script' in query;
}
