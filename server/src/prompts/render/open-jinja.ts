import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { PictorError } from '../../foundation/index.ts';
import type { JinjaResult, JinjaTask } from './jinja-process.ts';

/** Far more than any prompt needs. */
const maxRenderMs = 2_000;
const maxCharacters = 2_000_000;
const maxMemoryMegabytes = 128;

const program = fileURLToPath(new URL('jinja-process.ts', import.meta.url));

export type Jinja = {
  /** Renders texts with the same variables. Throws `template_failed` with the template's own fault. */
  readonly render: (
    texts: readonly string[],
    variables: Readonly<Record<string, unknown>>,
  ) => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
};

/**
 * The renderer of Jinja templates: one process, started when first needed and replaced when a template does not end.
 * A thread would not do: a template that eats all memory can end the process that its thread is in.
 */
export function openJinja(): Jinja {
  let child: ChildProcess | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let count = 0;

  const runOne = async (task: JinjaTask): Promise<readonly string[]> => {
    child ??= startChild();
    const result = await ask(child, task);
    if (result === null) {
      child.kill('SIGKILL');
      child = null;
      throw failed('it does not come to an end, or needs too much memory');
    }
    if ('error' in result) throw failed(result.error);
    const length = result.texts.reduce((sum, text) => sum + text.length, 0);
    if (length > maxCharacters) throw failed(`it makes more than ${maxCharacters} characters`);
    return result.texts;
  };

  return {
    // One after the other, so that a template that has to be ended takes no other with it.
    render: (texts, variables) => {
      count += 1;
      const task = { id: count, texts, variables };
      const run = last.then(() => runOne(task));
      last = run.catch(() => undefined);
      return run;
    },
    close: async () => {
      await last;
      child?.kill('SIGKILL');
    },
  };
}

/** Without the environment: it holds the operator's secrets. */
function startChild(): ChildProcess {
  const child = fork(program, [], {
    env: {},
    execArgv: [`--max-old-space-size=${maxMemoryMegabytes}`],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  // Its end is seen by whoever waits for it.
  child.on('error', () => undefined);
  child.unref();
  child.channel?.unref();
  return child;
}

/** Null: no answer in time, or the process died. */
function ask(child: ChildProcess, task: JinjaTask): Promise<JinjaResult | null> {
  return new Promise((resolve) => {
    const end = (result: JinjaResult | null): void => {
      clearTimeout(timer);
      child.off('message', onMessage);
      child.off('exit', onExit);
      resolve(result);
    };
    const onMessage = (result: JinjaResult): void => {
      if (result.id === task.id) end(result);
    };
    const onExit = (): void => end(null);
    const timer = setTimeout(() => end(null), maxRenderMs);
    child.on('message', onMessage);
    child.on('exit', onExit);
    child.send(task, (error) => {
      if (error !== null) end(null);
    });
  });
}

function failed(reason: string): PictorError {
  return new PictorError({
    code: 'template_failed',
    message: `The template could not be rendered: ${reason}.`,
    param: 'prompt_template',
  });
}
