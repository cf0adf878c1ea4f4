import { matchesGlob } from 'node:path';
import { isTest, libraries } from './policy.ts';
import { type Edge, type Violation, violationAt } from './source-file.ts';

const serverSource = 'server/src/';

/** The web framework, the database drivers and the image library each stay behind their wall. */
export function checkLibraries(edges: readonly Edge[]): Violation[] {
  return edges.flatMap((edge) => {
    if (edge.target.kind !== 'library' || !edge.from.startsWith(serverSource) || isTest(edge.from)) return [];
    const library = edge.target.name;
    const place = edge.from.slice(serverSource.length);
    return libraries
      .filter((row) => row.names.some((name) => matchesGlob(library, name)))
      .filter((row) => !row.places.some((allowed) => matchesGlob(place, allowed)))
      .map((row) =>
        violationAt(
          edge,
          'library',
          `${library} is used only in ${row.places.join(', ')} of ${serverSource}.`,
        ),
      );
  });
}
