import type { Pixels } from './pixels.ts';

/** A colour in CIE L*a*b*, white point D65. */
export type Lab = readonly [lightness: number, a: number, b: number];

const linear = Float64Array.from({ length: 256 }, (_, value) => {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
});

export function toLab(red: number, green: number, blue: number): Lab {
  const r = linear[red] ?? 0;
  const g = linear[green] ?? 0;
  const b = linear[blue] ?? 0;
  const x = compress((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
  const y = compress(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = compress((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function compress(share: number): number {
  return share > 216 / 24389 ? Math.cbrt(share) : (share * 24389) / 27 / 116 + 16 / 116;
}

/** Three numbers for each pixel; alpha is not looked at. */
export function toLabs({ data, width, height }: Pixels): Float32Array {
  const labs = new Float32Array(width * height * 3);
  // Drawings repeat their colours, and the roots are what takes the time.
  const known = new Map<number, Lab>();
  for (let at = 0; at < width * height; at += 1) {
    const red = data[at * 4] ?? 0;
    const green = data[at * 4 + 1] ?? 0;
    const blue = data[at * 4 + 2] ?? 0;
    const key = (red << 16) | (green << 8) | blue;
    let lab = known.get(key);
    if (lab === undefined) {
      lab = toLab(red, green, blue);
      if (known.size < 100_000) known.set(key, lab);
    }
    labs.set(lab, at * 3);
  }
  return labs;
}

/** Lab of pixel `index` in what `toLabs` gives. */
export function labAt(labs: Float32Array, index: number): Lab {
  return [labs[index * 3] ?? 0, labs[index * 3 + 1] ?? 0, labs[index * 3 + 2] ?? 0];
}

/** Straight distance in Lab (CIE 1976). About 2.3 is just visible. */
export function deltaE76(one: Lab, other: Lab): number {
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}

const radians = Math.PI / 180;
const far = 25 ** 7;

/** CIEDE2000 (Sharma, Wu, Dalal 2005), which is closer to what people see. About 1 is just visible, 100 is black on white. */
export function deltaE2000([l1, a1, b1]: Lab, [l2, a2, b2]: Lab): number {
  const c7 = ((Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2) ** 7;
  const stretch = 1 + 0.5 * (1 - Math.sqrt(c7 / (c7 + far)));
  const [x1, x2] = [a1 * stretch, a2 * stretch];
  const [chroma1, chroma2] = [Math.hypot(x1, b1), Math.hypot(x2, b2)];
  const [hue1, hue2] = [hueOf(x1, b1), hueOf(x2, b2)];
  const isGrey = chroma1 * chroma2 === 0;
  const turn = isGrey ? 0 : shortestTurn(hue2 - hue1);
  const hueStep = 2 * Math.sqrt(chroma1 * chroma2) * Math.sin((turn / 2) * radians);
  const lightness = (l1 + l2) / 2;
  const chroma = (chroma1 + chroma2) / 2;
  const hue = isGrey ? hue1 + hue2 : middleHue(hue1, hue2);
  const t =
    1 -
    0.17 * Math.cos((hue - 30) * radians) +
    0.24 * Math.cos(2 * hue * radians) +
    0.32 * Math.cos((3 * hue + 6) * radians) -
    0.2 * Math.cos((4 * hue - 63) * radians);
  const fifty = (lightness - 50) ** 2;
  const sl = 1 + (0.015 * fifty) / Math.sqrt(20 + fifty);
  const sc = 1 + 0.045 * chroma;
  const sh = 1 + 0.015 * chroma * t;
  const chroma7 = chroma ** 7;
  const rotation =
    -2 * Math.sqrt(chroma7 / (chroma7 + far)) * Math.sin(60 * Math.exp(-(((hue - 275) / 25) ** 2)) * radians);
  const l = (l2 - l1) / sl;
  const c = (chroma2 - chroma1) / sc;
  const h = hueStep / sh;
  return Math.sqrt(l * l + c * c + h * h + rotation * c * h);
}

function hueOf(a: number, b: number): number {
  if (a === 0 && b === 0) return 0;
  const degrees = Math.atan2(b, a) / radians;
  return degrees < 0 ? degrees + 360 : degrees;
}

function shortestTurn(degrees: number): number {
  if (degrees > 180) return degrees - 360;
  return degrees < -180 ? degrees + 360 : degrees;
}

function middleHue(one: number, other: number): number {
  if (Math.abs(one - other) <= 180) return (one + other) / 2;
  return one + other < 360 ? (one + other + 360) / 2 : (one + other - 360) / 2;
}
