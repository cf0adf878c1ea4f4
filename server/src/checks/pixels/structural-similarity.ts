/** A grey picture: one number from 0 to 255 for each pixel. */
export type Grey = { readonly width: number; readonly height: number; readonly values: Float32Array };

const windowSide = 11;
const sigma = 1.5;
const c1 = (0.01 * 255) ** 2;
const c2 = (0.03 * 255) ** 2;

/**
 * Mean structural similarity (Wang, Bovik, Sheikh, Simoncelli 2004): window of 11 × 11, Gaussian with sigma 1.5,
 * K1 = 0.01, K2 = 0.03. 1 for the same picture. Both must have the same size; pictures smaller than the window are compared by
 * windows that stop at their edge.
 */
export function structuralSimilarity(one: Grey, other: Grey): number {
  const { width, height } = one;
  const x = one.values;
  const y = other.values;
  const blur = (values: Float32Array) => blurred(values, width, height);
  const meanX = blur(x);
  const meanY = blur(y);
  const squareX = blur(multiply(x, x));
  const squareY = blur(multiply(y, y));
  const product = blur(multiply(x, y));
  let sum = 0;
  for (let at = 0; at < x.length; at += 1) {
    const mx = meanX[at] ?? 0;
    const my = meanY[at] ?? 0;
    const varianceX = (squareX[at] ?? 0) - mx * mx;
    const varianceY = (squareY[at] ?? 0) - my * my;
    const covariance = (product[at] ?? 0) - mx * my;
    sum +=
      ((2 * mx * my + c1) * (2 * covariance + c2)) /
      ((mx * mx + my * my + c1) * (varianceX + varianceY + c2));
  }
  return sum / x.length;
}

function multiply(one: Float32Array, other: Float32Array): Float32Array {
  return one.map((value, at) => value * (other[at] ?? 0));
}

const weights = gaussian();

function gaussian(): Float64Array {
  const middle = (windowSide - 1) / 2;
  const heights = Float64Array.from({ length: windowSide }, (_, at) =>
    Math.exp(-((at - middle) ** 2) / (2 * sigma * sigma)),
  );
  const sum = heights.reduce((total, height) => total + height, 0);
  return heights.map((height) => height / sum);
}

/** Across, then down. Beyond the edge the edge goes on. */
function blurred(values: Float32Array, width: number, height: number): Float32Array {
  const across = new Float32Array(values.length);
  const reach = (windowSide - 1) / 2;
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      let sum = 0;
      for (let step = -reach; step <= reach; step += 1) {
        const from = Math.min(width - 1, Math.max(0, column + step));
        sum += (values[row * width + from] ?? 0) * (weights[step + reach] ?? 0);
      }
      across[row * width + column] = sum;
    }
  }
  const down = new Float32Array(values.length);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      let sum = 0;
      for (let step = -reach; step <= reach; step += 1) {
        const from = Math.min(height - 1, Math.max(0, row + step));
        sum += (across[from * width + column] ?? 0) * (weights[step + reach] ?? 0);
      }
      down[row * width + column] = sum;
    }
  }
  return down;
}
