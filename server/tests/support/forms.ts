export type FormPart = readonly [name: string, value: string | Buffer, filename?: string, type?: string];

/** A form for `fetch` with its parts in the order given. Bytes become a file, text a plain field. */
export function toForm(parts: readonly FormPart[]): { method: 'POST'; body: FormData } {
  const form = new FormData();
  for (const [name, value, filename = `${name}.png`, type = 'image/png'] of parts) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, new Blob([new Uint8Array(value)], { type }), filename);
  }
  return { method: 'POST', body: form };
}

export function toJson(
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): { method: 'POST'; headers: Record<string, string>; body: string } {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}
