import type { Telemetry } from './open-telemetry.ts';

/** The same object, whose named methods run as spans. The methods must not need their `this`. */
export function traceMethods<T extends object>(
  telemetry: Telemetry,
  room: T,
  spans: Partial<Readonly<Record<keyof T & string, string>>>,
): T {
  const traced = Object.entries(spans).map(([method, span]) => {
    const inner: unknown = Reflect.get(room, method);
    if (typeof inner !== 'function' || typeof span !== 'string')
      throw new Error(`There is no ${method} to trace.`);
    const outer = (...args: unknown[]): Promise<unknown> =>
      telemetry.span(span, {}, async () => await inner(...args));
    return [method, outer];
  });
  return { ...room, ...Object.fromEntries(traced) };
}
