/** The same places as the server fills: `{name}`, also with a format behind it; doubled braces are braces. */
const places = /\{\{|\}\}|\{(\w+)(?:[!:][^{}]*)?\}/g;

/** The variables of texts, each once, in order. Anything else in braces, such as JSON, is text. */
export function listVariables(texts: readonly string[]): readonly string[] {
  const names = texts.flatMap((text) =>
    [...text.matchAll(places)].flatMap(([, name]) => (name === undefined ? [] : [name])),
  );
  return [...new Set(names)];
}

/** Puts values into the places of a text. Without variables a text stays as it is, braces and all. */
export function fillVariables(text: string, values: Readonly<Record<string, string>>): string {
  if (listVariables([text]).length === 0) return text;
  return text.replace(places, (place, name: string | undefined) =>
    name === undefined ? place.slice(1) : (values[name] ?? ''),
  );
}
