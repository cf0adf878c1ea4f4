/** `{name}`, with what Python may write behind the name: `{name!r}`, `{name:>10}`. Doubled braces are braces. */
const places = /\{\{|\}\}|\{(\w+)(?:[!:][^{}]*)?\}/g;

/** Puts variables into a text. Anything else in braces, such as JSON, stays as it is. A missing one leaves nothing. */
export function renderFString(text: string, find: (name: string) => string | undefined): string {
  return text.replace(places, (place, name: string | undefined) => {
    if (name === undefined) return place.slice(1);
    return find(name) ?? '';
  });
}

/** The variables of a text, each once, in order. */
export function listFStringVariables(text: string): readonly string[] {
  return [...new Set(listFStringPlaces(text))];
}

/** The variable of every place of a text, repeated where it is repeated. */
export function listFStringPlaces(text: string): readonly string[] {
  return [...text.matchAll(places)].flatMap(([, name]) => (name === undefined ? [] : [name]));
}
