import type { Edge, Violation } from './source-file.ts';

type Graph = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** One violation for every ring of files that import each other; imports of types count as well. */
export function findCycles(edges: readonly Edge[]): Violation[] {
  const graph = toGraph(edges);
  const reported = new Set<string>();
  return [...graph.keys()].flatMap((start) => {
    if (reported.has(start)) return [];
    const ring = shortestRing(graph, start);
    if (ring === undefined) return [];
    for (const file of ring) reported.add(file);
    const line = graph.get(start)?.get(ring[1] ?? start) ?? 1;
    const sentence = `These files import each other: ${[...ring, start].join(' → ')}.`;
    return [{ file: start, line, rule: 'cycle', sentence }];
  });
}

/** For every file the files it loads, with the line that does so. */
function toGraph(edges: readonly Edge[]): Graph {
  const graph = new Map<string, Map<string, number>>();
  for (const { from, site, target } of edges) {
    if (target.kind !== 'file' || site.kind !== 'load') continue;
    const targets = graph.get(from) ?? new Map<string, number>();
    if (!targets.has(target.path)) targets.set(target.path, site.line);
    graph.set(from, targets);
  }
  return graph;
}

/** The shortest way from a file back to itself, by breadth-first search. */
function shortestRing(graph: Graph, start: string): string[] | undefined {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const file of queue) {
    for (const next of graph.get(file)?.keys() ?? []) {
      if (next === start) return wayTo(file, cameFrom, start);
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, file);
      queue.push(next);
    }
  }
  return undefined;
}

function wayTo(end: string, cameFrom: ReadonlyMap<string, string>, start: string): string[] {
  const way = [end];
  for (let file: string | undefined = end; file !== undefined && file !== start; ) {
    file = cameFrom.get(file);
    if (file !== undefined) way.unshift(file);
  }
  return way;
}
