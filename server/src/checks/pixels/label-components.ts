export type Component = {
  /** Its number in `labels`. */
  readonly label: number;
  /** How many pixels. */
  readonly area: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
};

export type Labelled = {
  /** For each pixel the component that it belongs to, 0 for none. */
  readonly labels: Int32Array;
  /** Largest first. */
  readonly components: readonly Component[];
};

/** Areas of set pixels that touch each other, corners included. */
export function labelComponents(set: Uint8Array, width: number, height: number): Labelled {
  const labels = new Int32Array(set.length);
  const stack = new Int32Array(set.length);
  const found: Component[] = [];
  for (let start = 0; start < set.length; start += 1) {
    if (set[start] === 0 || labels[start] !== 0) continue;
    found.push(fill(start, found.length + 1));
  }
  return { labels, components: found.sort((one, other) => other.area - one.area) };

  function fill(start: number, label: number): Component {
    let [area, left, top, right, bottom] = [0, width, height, 0, 0];
    let depth = 0;
    stack[depth++] = start;
    labels[start] = label;
    while (depth > 0) {
      const at = stack[--depth] ?? 0;
      const x = at % width;
      const y = (at - x) / width;
      area += 1;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
      for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row += 1) {
        for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column += 1) {
          const next = row * width + column;
          if (set[next] === 0 || labels[next] !== 0) continue;
          labels[next] = label;
          stack[depth++] = next;
        }
      }
    }
    return { label, area, left, top, right, bottom };
  }
}

/** Every set pixel grows to a square that reaches `reach` pixels to each side. */
export function grow(set: Uint8Array, width: number, height: number, reach: number): Uint8Array {
  if (reach === 0) return set;
  const across = new Uint8Array(set.length);
  for (let row = 0; row < height; row += 1) {
    spread(set, across, { from: row * width, step: 1, length: width, reach });
  }
  const both = new Uint8Array(set.length);
  for (let column = 0; column < width; column += 1) {
    spread(across, both, { from: column, step: width, length: height, reach });
  }
  return both;
}

function spread(
  from: Uint8Array,
  to: Uint8Array,
  line: { from: number; step: number; length: number; reach: number },
): void {
  let last = Number.NEGATIVE_INFINITY;
  for (let place = 0; place < line.length; place += 1) {
    if (from[line.from + place * line.step] === 1) last = place;
    if (place - last <= line.reach) to[line.from + place * line.step] = 1;
  }
  let next = Number.POSITIVE_INFINITY;
  for (let place = line.length - 1; place >= 0; place -= 1) {
    if (from[line.from + place * line.step] === 1) next = place;
    if (next - place <= line.reach) to[line.from + place * line.step] = 1;
  }
}
