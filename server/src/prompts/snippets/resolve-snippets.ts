import { PictorError } from '../../foundation/index.ts';
import {
  parseReferences,
  referenceKey,
  replaceReferences,
  type SnippetReference,
} from './parse-references.ts';

/** A snippet as it was found: the text of a completion prompt. */
export type FoundSnippet = { readonly text: string; readonly version: number };

/** Null: there is no such prompt, version or label, or it is no completion. */
export type FindSnippet = (reference: SnippetReference) => Promise<FoundSnippet | null>;

/** A snippet that went into a prompt. */
export type UsedSnippet = SnippetReference & { readonly resolvedVersion: number };

export type Resolved = { readonly texts: readonly string[]; readonly used: readonly UsedSnippet[] };

/** Deeper nesting than this is a mistake, not a style. */
const maxDepth = 10;
const maxCharacters = 1_000_000;

/**
 * Puts snippets into texts, and snippets into snippets. Throws `template_failed` where one is missing, includes
 * itself, or where they nest or grow too far.
 */
export async function resolveSnippets(texts: readonly string[], find: FindSnippet): Promise<Resolved> {
  const used = new Map<string, UsedSnippet>();
  // Each once, however often it is named: snippets that name each other many times over would never end.
  const contents = new Map<string, string>();
  let characters = 0;
  const resolve = async (text: string, above: readonly string[]): Promise<string> => {
    for (const reference of parseReferences(text)) {
      const key = referenceKey(reference);
      if (contents.has(key)) continue;
      const found = await findOne(find, reference, above);
      used.set(key, { ...reference, resolvedVersion: found.version });
      contents.set(key, await resolve(found.text, [...above, reference.name]));
    }
    const contentOf = (reference: SnippetReference): string => contents.get(referenceKey(reference)) ?? '';
    for (const reference of parseReferences(text)) characters += contentOf(reference).length;
    if (characters > maxCharacters) throw failed(`Its snippets make more than ${maxCharacters} characters.`);
    return replaceReferences(text, contentOf);
  };
  const resolved: string[] = [];
  for (const text of texts) resolved.push(await resolve(text, []));
  return { texts: resolved, used: [...used.values()] };
}

async function findOne(
  find: FindSnippet,
  reference: SnippetReference,
  above: readonly string[],
): Promise<FoundSnippet> {
  const { name } = reference;
  if (above.includes(name)) {
    throw failed(`The snippet '${name}' includes itself: ${[...above, name].join(' → ')}.`);
  }
  if (above.length >= maxDepth) throw failed(`Snippets are nested more than ${maxDepth} deep.`);
  const found = await find(reference);
  if (found === null) throw failed(`There is no snippet ${describeReference(reference)}.`);
  return found;
}

function describeReference({ name, version, label }: SnippetReference): string {
  if (version !== undefined) return `'${name}' with the version ${version}`;
  return label === undefined
    ? `'${name}' (a completion prompt of that name)`
    : `'${name}' with the label '${label}'`;
}

function failed(message: string): PictorError {
  return new PictorError({ code: 'template_failed', message, param: 'prompt_template' });
}
