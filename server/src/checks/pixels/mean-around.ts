/** For each place the mean of the square that reaches `reach` places to each side, as far as the picture goes. */
export function meanAround(
  values: Float32Array,
  { height, reach, width }: { readonly width: number; readonly height: number; readonly reach: number },
): Float32Array {
  const across = new Float32Array(values.length);
  for (let row = 0; row < height; row += 1) {
    slide(values, across, { from: row * width, step: 1, length: width, reach });
  }
  const both = new Float32Array(values.length);
  for (let column = 0; column < width; column += 1) {
    slide(across, both, { from: column, step: width, length: height, reach });
  }
  return both;
}

function slide(
  from: Float32Array,
  to: Float32Array,
  line: { readonly from: number; readonly step: number; readonly length: number; readonly reach: number },
): void {
  let [sum, count] = [0, 0];
  for (let place = -line.reach; place < line.length; place += 1) {
    const enters = place + line.reach;
    if (enters < line.length) {
      sum += from[line.from + enters * line.step] ?? 0;
      count += 1;
    }
    const leaves = place - line.reach - 1;
    if (leaves >= 0) {
      sum -= from[line.from + leaves * line.step] ?? 0;
      count -= 1;
    }
    if (place >= 0) to[line.from + place * line.step] = sum / count;
  }
}
