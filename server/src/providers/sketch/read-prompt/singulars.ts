const irregular: Readonly<Record<string, string>> = {
  mice: 'mouse',
  geese: 'goose',
  wolves: 'wolf',
  children: 'child',
  men: 'man',
  women: 'woman',
  people: 'person',
  leaves: 'leaf',
  loaves: 'loaf',
  knives: 'knife',
  oxen: 'ox',
};

/** What the last word of a phrase may be the plural of, likeliest first. Empty: it looks like no plural. */
export function singulars(phrase: string): string[] {
  const cut = phrase.lastIndexOf(' ') + 1;
  const head = phrase.slice(0, cut);
  const last = phrase.slice(cut);
  const forms: string[] = [];
  const known = Object.hasOwn(irregular, last) ? irregular[last] : undefined;
  if (known !== undefined) forms.push(known);
  if (/ies$/.test(last)) forms.push(`${last.slice(0, -3)}y`);
  if (/(s|x|z|ch|sh|o)es$/.test(last)) forms.push(last.slice(0, -2));
  if (/[^s]s$/.test(last) && last.length > 3) forms.push(last.slice(0, -1));
  return forms.map((form) => head + form);
}
