import { deltaE76, type Lab, labAt, toLabs } from './lab.ts';
import type { Pixels } from './pixels.ts';

export type PaletteColour = { readonly lab: Lab; readonly share: number };

const rounds = 12;
/** Pixels that can hardly be seen have no colour. */
const minAlpha = 128;

/**
 * The main colours of a picture, largest first: k-means in Lab, begun with the most common colour and then each time with
 * the colour that is common and far from those before. The same picture gives the same palette.
 */
export function findPalette(pixels: Pixels, count: number): readonly PaletteColour[] {
  const seen = listColours(pixels);
  if (seen.length === 0) return [];
  let centres = chooseFirst(seen, count);
  let groups: Group[] = [];
  for (let round = 0; round < rounds; round += 1) {
    groups = group(seen, centres);
    centres = groups.map(({ sum, weight }) => [sum[0] / weight, sum[1] / weight, sum[2] / weight] as const);
  }
  const total = groups.reduce((sum, { weight }) => sum + weight, 0);
  return groups
    .map(({ weight }, at) => ({ lab: centres[at] ?? [0, 0, 0], share: weight / total }) as const)
    .sort((one, other) => other.share - one.share);
}

type Weighted = { readonly lab: Lab; readonly weight: number };
type Group = { readonly sum: [number, number, number]; weight: number };

/** For each pixel the place of the nearest colour of `palette`. */
export function assignColours(pixels: Pixels, palette: readonly PaletteColour[]): Uint8Array {
  const labs = toLabs(pixels);
  return Uint8Array.from({ length: labs.length / 3 }, (_, at) => nearestTo(labAt(labs, at), palette));
}

function nearestTo(lab: Lab, palette: readonly PaletteColour[]): number {
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (const [place, { lab: centre }] of palette.entries()) {
    const distance = deltaE76(lab, centre);
    if (distance < least) [best, least] = [place, distance];
  }
  return best;
}

/** Colours in cells of about 3 in Lab, each with how many pixels have it. */
function listColours(pixels: Pixels): readonly Weighted[] {
  const labs = toLabs(pixels);
  const cells = new Map<number, { lab: Lab; weight: number }>();
  for (let at = 0; at * 3 < labs.length; at += 1) {
    if ((pixels.data[at * 4 + 3] ?? 0) < minAlpha) continue;
    const lab = labAt(labs, at);
    const [l, a, b] = lab.map((value) => Math.round(value / 3) + 64);
    const name = ((l ?? 0) << 16) | ((a ?? 0) << 8) | (b ?? 0);
    const cell = cells.get(name);
    if (cell === undefined) cells.set(name, { lab, weight: 1 });
    else cell.weight += 1;
  }
  return [...cells.values()];
}

function chooseFirst(seen: readonly Weighted[], count: number): readonly Lab[] {
  const chosen: Lab[] = [];
  const nearest = seen.map(() => 100);
  while (chosen.length < Math.min(count, seen.length)) {
    const scores = seen.map(({ weight }, at) => weight * (nearest[at] ?? 0) ** 2);
    const best = scores.reduce((most, score, at) => (score > (scores[most] ?? 0) ? at : most), 0);
    const next = seen[best];
    if (next === undefined || (scores[best] ?? 0) === 0) break;
    chosen.push(next.lab);
    for (const [at, { lab }] of seen.entries()) {
      nearest[at] = Math.min(nearest[at] ?? 0, deltaE76(lab, next.lab));
    }
  }
  return chosen;
}

/** Every colour to its nearest centre; centres that nobody is near are gone. */
function group(seen: readonly Weighted[], centres: readonly Lab[]): Group[] {
  const groups = centres.map((): Group => ({ sum: [0, 0, 0], weight: 0 }));
  for (const { lab, weight } of seen) {
    const distances = centres.map((centre) => deltaE76(centre, lab));
    const own = groups[distances.indexOf(Math.min(...distances))];
    if (own === undefined) continue;
    own.weight += weight;
    for (const place of [0, 1, 2] as const) own.sum[place] += lab[place] * weight;
  }
  return groups.filter(({ weight }) => weight > 0);
}
