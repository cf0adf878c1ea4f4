/** What the work gives, or null when it takes longer than the wait. The work itself goes on. */
export async function withinMs<T>(work: Promise<T>, waitMs: number): Promise<T | null> {
  const timer = Promise.withResolvers<null>();
  const handle = setTimeout(() => timer.resolve(null), waitMs);
  try {
    return await Promise.race([work, timer.promise]);
  } finally {
    clearTimeout(handle);
  }
}
