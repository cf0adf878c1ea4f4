import { keepAliveMs } from './keep-alive.ts';

/** The same items, and `idle` whenever none came for a while. */
export async function* withKeepAlive<T>(items: AsyncIterable<T>): AsyncGenerator<T | 'idle'> {
  const iterator = items[Symbol.asyncIterator]();
  let next = iterator.next();
  for (;;) {
    const timer = Promise.withResolvers<'idle'>();
    const handle = setTimeout(() => timer.resolve('idle'), keepAliveMs);
    const winner = await Promise.race([next, timer.promise]);
    clearTimeout(handle);
    if (winner === 'idle') {
      yield 'idle';
      continue;
    }
    if (winner.done === true) return;
    yield winner.value;
    next = iterator.next();
  }
}
