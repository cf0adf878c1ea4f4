/** A snippet that a text names: `@@@style@@@`, `@@@style@version_number:3@@@`, `@@@style@label:prod@@@`. */
export type SnippetReference = {
  readonly name: string;
  readonly version?: number;
  readonly label?: string;
};

const references = /@@@([^@\n]{1,512}?)(?:@(version_number|label):([^@\n]{1,256}?))?@@@/g;

/** Every snippet that a text names, in order, repeated where it is repeated. */
export function parseReferences(text: string): readonly SnippetReference[] {
  return [...text.matchAll(references)].map(([, name = '', kind, value]) => toReference(name, kind, value));
}

/** The text with every reference replaced. */
export function replaceReferences(text: string, contentOf: (reference: SnippetReference) => string): string {
  return text.replace(references, (_, name: string, kind?: string, value?: string) =>
    contentOf(toReference(name, kind, value)),
  );
}

/** What is no number, or none that databases count, is the number of no version. */
export function isVersionNumber(version: number): boolean {
  return Number.isSafeInteger(version) && version > 0 && version < 2 ** 31;
}

/** The same for equal references. */
export function referenceKey({ name, version, label }: SnippetReference): string {
  return JSON.stringify([name, version ?? null, label ?? null]);
}

function toReference(name: string, kind?: string, value = ''): SnippetReference {
  if (kind === 'label') return { name: name.trim(), label: value.trim() };
  // What is no number finds no version, and is reported as such.
  if (kind === 'version_number') return { name: name.trim(), version: Number(value) };
  return { name: name.trim() };
}
