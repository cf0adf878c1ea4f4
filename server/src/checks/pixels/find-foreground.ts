import { deltaE76, type Lab, labAt, toLabs } from './lab.ts';
import { isTranslucent, type Pixels } from './pixels.ts';

export type Foreground = {
  /** 1 where something stands out. */
  readonly set: Uint8Array;
  /** Share of the picture's edge that has the ground's colour. On flat ground it is near 1. */
  readonly groundShare: number;
};

/**
 * What stands out from the ground: what is not transparent, or, where nothing is, what differs by more than
 * `tolerance` (Lab, CIE 1976) from the colour that most of the picture's edge has.
 */
export function findForeground(pixels: Pixels, tolerance: number): Foreground {
  const { width, height, data } = pixels;
  const edge = listEdge(width, height);
  if (isTranslucent(pixels)) {
    const set = Uint8Array.from({ length: width * height }, (_, at) =>
      (data[at * 4 + 3] ?? 0) >= 128 ? 1 : 0,
    );
    return { set, groundShare: edge.filter((at) => set[at] === 0).length / edge.length };
  }
  const labs = toLabs(pixels);
  const ground = commonColour(edge.map((at) => labAt(labs, at)));
  const set = Uint8Array.from({ length: width * height }, (_, at) =>
    deltaE76(labAt(labs, at), ground) > tolerance ? 1 : 0,
  );
  return { set, groundShare: edge.filter((at) => set[at] === 0).length / edge.length };
}

function listEdge(width: number, height: number): readonly number[] {
  const edge: number[] = [];
  for (let x = 0; x < width; x += 1) edge.push(x, (height - 1) * width + x);
  for (let y = 1; y + 1 < height; y += 1) edge.push(y * width, y * width + width - 1);
  return edge;
}

/** The mean of the fullest cell of a coarse grid of colours. */
function commonColour(colours: readonly Lab[]): Lab {
  const cells = new Map<string, Lab[]>();
  for (const colour of colours) {
    const name = colour.map((value) => Math.round(value / 6)).join(' ');
    const cell = cells.get(name);
    if (cell === undefined) cells.set(name, [colour]);
    else cell.push(colour);
  }
  const [fullest = []] = [...cells.values()].sort((one, other) => other.length - one.length);
  const mean = (place: 0 | 1 | 2) => fullest.reduce((sum, colour) => sum + colour[place], 0) / fullest.length;
  return [mean(0), mean(1), mean(2)];
}
