import { Template } from '@huggingface/jinja';

export type JinjaTask = {
  readonly id: number;
  readonly texts: readonly string[];
  readonly variables: Readonly<Record<string, unknown>>;
};

export type JinjaResult =
  | { readonly id: number; readonly texts: readonly string[] }
  | { readonly id: number; readonly error: string };

// Templates can loop for ever and eat all memory; in a process of their own they hold up nobody, and can be ended.
process.on('message', (task: JinjaTask) => process.send?.(render(task)));
process.on('disconnect', () => process.exit());

function render({ id, texts, variables }: JinjaTask): JinjaResult {
  try {
    return { id, texts: texts.map((text) => new Template(text).render({ ...variables })) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}
