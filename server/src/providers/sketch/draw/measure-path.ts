type Reach = { x: number; y: number; left: number; top: number; right: number; bottom: number };

/** Numbers that one step of a command reads. */
const numbersOf: Readonly<Record<string, number>> = { m: 2, l: 2, h: 1, v: 1, c: 6, s: 4, q: 4, t: 2, a: 7 };

/**
 * About the area of the box around an SVG path, in square units of the path: the handles of curves count as
 * points of it. 0 for a straight line and for what is no path.
 */
export function measurePath(shape: string): number {
  const reach: Reach = { x: 0, y: 0, left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  let start = { x: 0, y: 0 };
  for (const [, letter = '', rest = ''] of shape.matchAll(/([a-z])([^a-z]*)/gi)) {
    const command = letter.toLowerCase();
    if (command === 'z') moveTo(reach, start.x, start.y);
    const step = numbersOf[command];
    if (step === undefined) continue;
    const numbers = readNumbers(rest, command === 'a');
    for (let index = 0; index + step <= numbers.length; index += step) {
      follow(reach, letter, numbers.slice(index, index + step));
      if (command === 'm' && index === 0) start = { x: reach.x, y: reach.y };
    }
  }
  const area = (reach.right - reach.left) * (reach.bottom - reach.top);
  return Number.isFinite(area) ? area : 0;
}

/** The two flags of an arc may stand without a space before the number that follows them: `0 012 3`. */
function readNumbers(text: string, arc: boolean): number[] {
  const numbers: number[] = [];
  const token = /[\s,]*(-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?)/iy;
  const flag = /[\s,]*([01])/y;
  for (let end = 0; ; ) {
    const place = numbers.length % 7;
    const reader = arc && (place === 3 || place === 4) ? flag : token;
    reader.lastIndex = end;
    const found = reader.exec(text);
    if (found === null) return numbers;
    numbers.push(Number(found[1]));
    end = reader.lastIndex;
  }
}

function follow(reach: Reach, letter: string, numbers: readonly number[]): void {
  const command = letter.toLowerCase();
  const relative = command === letter;
  const { x, y } = relative ? reach : { x: 0, y: 0 };
  const [first = 0] = numbers;
  if (command === 'h') moveTo(reach, x + first, reach.y);
  else if (command === 'v') moveTo(reach, reach.x, y + first);
  else if (command === 'a') sweep(reach, numbers, x, y);
  else
    for (let index = 0; index < numbers.length; index += 2)
      moveTo(reach, x + (numbers[index] ?? 0), y + (numbers[index + 1] ?? 0));
}

/** An arc counts as one of a circle: a long one reaches around its whole circle, a short one has its ends. */
function sweep(reach: Reach, numbers: readonly number[], x: number, y: number): void {
  const [radius = 0, , , long = 0, clockwise = 0, toX = 0, toY = 0] = numbers;
  const [endX, endY] = [x + toX, y + toY];
  const [halfX, halfY] = [(reach.x - endX) / 2, (reach.y - endY) / 2];
  const half = Math.hypot(halfX, halfY);
  if (half > 0 && (long === 1 || half > radius * 0.9)) {
    const wide = Math.max(radius, half);
    const away = (Math.sqrt(wide ** 2 - half ** 2) / half) * (long === clockwise ? -1 : 1);
    const [centreX, centreY] = [endX + halfX + away * halfY, endY + halfY - away * halfX];
    moveTo(reach, centreX - wide, centreY - wide);
    moveTo(reach, centreX + wide, centreY + wide);
  }
  moveTo(reach, endX, endY);
}

function moveTo(reach: Reach, x: number, y: number): void {
  reach.x = x;
  reach.y = y;
  reach.left = Math.min(reach.left, x);
  reach.right = Math.max(reach.right, x);
  reach.top = Math.min(reach.top, y);
  reach.bottom = Math.max(reach.bottom, y);
}
