import { getQuickJS, type QuickJSContext, type QuickJSWASMModule } from 'quickjs-emscripten';

/** A program without any surroundings: a function's body, and what its one argument is. */
export type SandboxTask = {
  readonly id: number;
  readonly code: string;
  /** JSON. */
  readonly data: string;
  /** Of the processor. */
  readonly timeoutMs: number;
};

export type SandboxResult =
  /** JSON of what was returned. */
  { readonly id: number; readonly value: string } | { readonly id: number; readonly error: string };

const memoryBytes = 64 * 1024 * 1024;
const stackBytes = 512 * 1024;
const maxResultCharacters = 1_000_000;

// The engine is an interpreter in WebAssembly: what runs in it reaches neither Node nor the network. This process is
// there to be killed, where a single step of the interpreter does not end.
const engine = await getQuickJS();
process.on('message', (task: SandboxTask) => process.send?.(run(engine, task)));
process.on('disconnect', () => process.exit());
process.send?.('ready');

function run(module: QuickJSWASMModule, task: SandboxTask): SandboxResult {
  const runtime = module.newRuntime();
  runtime.setMemoryLimit(memoryBytes);
  runtime.setMaxStackSize(stackBytes);
  const endsAt = usedMs() + task.timeoutMs;
  let isLate = false;
  runtime.setInterruptHandler(() => {
    isLate = usedMs() > endsAt;
    return isLate;
  });
  const context = runtime.newContext();
  try {
    const result = evaluate(context, task);
    if ('value' in result && result.value.length > maxResultCharacters) {
      return { id: task.id, error: `it returns more than ${maxResultCharacters} characters` };
    }
    return 'error' in result && isLate ? { id: task.id, error: late(task) } : result;
  } finally {
    // After a lack of memory the engine cannot be tidied up; the process is then replaced.
    try {
      context.dispose();
      runtime.dispose();
    } catch {
      setImmediate(() => process.exit());
    }
  }
}

function evaluate(context: QuickJSContext, task: SandboxTask): SandboxResult {
  const data = context.newString(task.data);
  context.setProp(context.global, 'dataJson', data);
  data.dispose();
  const program = `(() => {
    const data = JSON.parse(dataJson);
    delete globalThis.dataJson;
    const result = (function (data) { "use strict";
${task.code}
    })(data);
    if (typeof result?.then === 'function') throw new TypeError('it returns a promise');
    return JSON.stringify(result ?? null) ?? 'null';
  })()`;
  const outcome = context.evalCode(program, 'column.js');
  if (outcome.error) {
    const error: unknown = context.dump(outcome.error);
    outcome.error.dispose();
    return { id: task.id, error: describe(error) };
  }
  const value = context.getString(outcome.value);
  outcome.value.dispose();
  return { id: task.id, value };
}

function describe(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error).slice(0, 500);
  const { name = 'Error', message = '' } = error as { name?: string; message?: string };
  return `${name}: ${message}`.slice(0, 500);
}

function late({ timeoutMs }: SandboxTask): string {
  return `it does not end within ${timeoutMs} ms`;
}

/** Time on the processor, so that a busy machine makes no code late. */
function usedMs(): number {
  const { system, user } = process.cpuUsage();
  return (system + user) / 1000;
}
