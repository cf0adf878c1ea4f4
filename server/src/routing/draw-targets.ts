type Weighted = { readonly weight?: number | undefined };

/**
 * The targets of a route in the order in which one request tries them. A target without a weight has a rank of its own;
 * neighbours with weights share one, and which of them comes first is drawn by weight. `random` gives 0 to 1, exclusive.
 */
export function drawTargets<T extends Weighted>(targets: readonly T[], random: () => number): readonly T[] {
  const drawn: T[] = [];
  let rank: T[] = [];
  for (const target of targets) {
    if (target.weight !== undefined) {
      rank.push(target);
      continue;
    }
    drawn.push(...drawRank(rank, random), target);
    rank = [];
  }
  return [...drawn, ...drawRank(rank, random)];
}

function drawRank<T extends Weighted>(rank: readonly T[], random: () => number): T[] {
  const left = [...rank];
  const drawn: T[] = [];
  while (left.length > 0) {
    const total = left.reduce((sum, { weight = 0 }) => sum + weight, 0);
    let point = random() * total;
    const index = left.findIndex(({ weight = 0 }) => {
      point -= weight;
      return point < 0;
    });
    drawn.push(...left.splice(Math.max(index, 0), 1));
  }
  return drawn;
}
