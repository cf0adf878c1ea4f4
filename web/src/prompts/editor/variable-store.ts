/** What was last typed for the variables of a prompt; pictures are too large to be kept. */
export type TypedVariables = Readonly<Record<string, string>>;

const prefix = 'pictor-prompt-variables:';

export function loadVariables(promptId: string): TypedVariables {
  try {
    return JSON.parse(localStorage.getItem(prefix + promptId) ?? '{}') as TypedVariables;
  } catch {
    return {};
  }
}

export function storeVariables(promptId: string, variables: TypedVariables): void {
  const small = Object.entries(variables).filter(([, text]) => !text.startsWith('data:'));
  try {
    localStorage.setItem(prefix + promptId, JSON.stringify(Object.fromEntries(small)));
  } catch {
    // The browser has no room, or forbids it: only this tab knows them then.
  }
}

type Special = { readonly pictures: ReadonlySet<string>; readonly messages: ReadonlySet<string> };

/**
 * Typed texts as the values of a call: lists of addresses for pictures, JSON where messages are wanted, and JSON where
 * a Jinja template may want a list. Empty ones are absent, so that the server tells that they are missing.
 */
export function toVariables(
  typed: TypedVariables,
  special: Special,
  isJinja: boolean,
): Record<string, unknown> {
  const entries = Object.entries(typed).filter(([, text]) => text !== '');
  return Object.fromEntries(
    entries.map(([name, text]) => {
      if (special.pictures.has(name)) return [name, text.split('\n').filter((line) => line.trim() !== '')];
      const mayBeJson = special.messages.has(name) || (isJinja && /^\s*[[{]/.test(text));
      return [name, mayBeJson ? readJson(text) : text];
    }),
  );
}

/** The same with the bytes of pictures left out: how many there are is enough to see what is sent. */
export function withoutBytes(variables: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const shorten = (value: unknown): unknown =>
    typeof value === 'string' && value.startsWith('data:') ? 'data:,' : value;
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(shorten) : shorten(value),
    ]),
  );
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
