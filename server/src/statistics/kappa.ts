export type KappaWeights =
  /** Two answers agree or do not. */
  | 'none'
  /** For scores: a disagreement counts by its distance in places of `categories`. */
  | 'linear'
  /** Counts by the square of the distance. */
  | 'quadratic';

export type Agreement = {
  /** Cohen's kappa: 1 full agreement, 0 as much as chance gives, below 0 less. Null: both always said the same one thing, so that chance explains all of it. */
  readonly kappa: number | null;
  /** Share of pairs that are the same. */
  readonly observed: number;
  readonly pairs: number;
};

/**
 * How far two raters agree on the same rows beyond chance. Where answers have an order, `categories` lists all that are
 * possible in it; otherwise those that occur are enough. Null: there are no pairs. Throws a RangeError for an answer
 * that is not among `categories`.
 */
export function cohensKappa<Answer extends string | number | boolean>(
  pairs: readonly (readonly [Answer, Answer])[],
  categories: readonly Answer[] = [...new Set(pairs.flat())],
  weights: KappaWeights = 'none',
): Agreement | null {
  if (pairs.length === 0) return null;
  const places = new Map(categories.map((category, place) => [category, place]));
  const placeOf = (answer: Answer): number => {
    const place = places.get(answer);
    if (place === undefined) throw new RangeError(`${String(answer)} is no category.`);
    return place;
  };
  const placed = pairs.map(([one, other]) => [placeOf(one), placeOf(other)] as const);
  const share = 1 / pairs.length;
  const ones = categories.map(() => 0);
  const others = categories.map(() => 0);
  let disagreement = 0;
  let same = 0;
  for (const [one, other] of placed) {
    ones[one] = (ones[one] ?? 0) + share;
    others[other] = (others[other] ?? 0) + share;
    disagreement += weigh(one, other, weights) * share;
    if (one === other) same += 1;
  }
  let byChance = 0;
  for (const [one, oneShare] of ones.entries()) {
    for (const [other, otherShare] of others.entries()) {
      byChance += weigh(one, other, weights) * oneShare * otherShare;
    }
  }
  return {
    kappa: byChance === 0 ? null : 1 - disagreement / byChance,
    observed: same * share,
    pairs: pairs.length,
  };
}

function weigh(one: number, other: number, weights: KappaWeights): number {
  const distance = Math.abs(one - other);
  if (weights === 'none') return distance === 0 ? 0 : 1;
  return weights === 'linear' ? distance : distance * distance;
}
