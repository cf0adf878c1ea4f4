/** As many images as one call changes. */
const mostAtOnce = 1_000;

/** Calls for all ids, so many at a time, one call after the other. */
export async function inChunks<T>(
  ids: readonly string[],
  call: (some: string[]) => Promise<T>,
): Promise<T[]> {
  const answers: T[] = [];
  for (let first = 0; first < ids.length; first += mostAtOnce) {
    answers.push(await call(ids.slice(first, first + mostAtOnce)));
  }
  return answers;
}
