import { hashOf, type Members, type Observed } from './parameter-cells.ts';

/**
 * What became of a parameter, in words, by what differs between a request without it and one with it:
 * `sent a=1`, `approximated to b`, `dropped`, `made size=64x64` (Pictor itself did it, as can be seen of the answer), `kept`
 * (in the request's row) or `refused: code`. Where nothing differs it is `silent`.
 */
export function judge(parameter: string, asked: Members, without: Observed, one: Observed): string {
  const { refusal } = one;
  if (refusal !== null) {
    // The service's own verdict, where Pictor leaves it to it.
    if (one.sent.length > 0) return `refused by the service: ${refusal.param}`;
    return `refused: ${refusal.code}${refusal.param === parameter ? '' : ` (${refusal.param})`}`;
  }
  const reports = tellAdjustments(parameter, without, one);
  const sent = added(without.sent, one.sent);
  const lost = added(one.sent, without.sent).filter((line) => !sent.some((each) => isSamePlace(each, line)));
  const facts = [
    ...reports,
    ...(sent.length > 0 ? [`sent ${sent.join(' ')}`] : []),
    ...(lost.length > 0 ? [`lost ${lost.join(' ')}`] : []),
  ];
  const isThere = reports.length > 0 || sent.some((line) => line.includes(`${asked[parameter]}`));
  const made = isThere ? [] : tellMade(without, one);
  if (made.length > 0) facts.push(`made ${made.join(' ')}`);
  if (facts.length > 0) return facts.join(', ');
  const isName = parameter === 'user' || parameter === 'safety_identifier';
  return isName && one.kept[parameter] === asked[parameter] ? 'kept' : 'silent';
}

function tellAdjustments(parameter: string, without: Observed, one: Observed): readonly string[] {
  const before = new Set(without.adjustments.map((each) => JSON.stringify(each)));
  return one.adjustments
    .filter((each) => !before.has(JSON.stringify(each)))
    .map(({ parameter: name, action, applied }) => {
      const whose = name === parameter ? '' : `${name} `;
      return action === 'approximated' ? `${whose}approximated to ${applied}` : `${whose}${action}`;
    });
}

/** Noise of upstreams is never the same twice, so only other facts than the pixels count where an upstream drew. */
function tellMade(without: Observed, one: Observed): readonly string[] {
  const seen = added(without.seen, one.seen);
  const isSmaller = one.bytes.length < without.bytes.length * 0.8;
  const isOther = one.sent.length === 0 && hashOf(one) !== hashOf(without);
  if (seen.length > 0) return seen;
  return isOther ? ['picture=other'] : isSmaller ? ['bytes=fewer'] : [];
}

function added(before: readonly string[], after: readonly string[]): readonly string[] {
  return after.filter((line) => !before.includes(line));
}

function isSamePlace(one: string, other: string): boolean {
  return one.split('=')[0] === other.split('=')[0];
}
