import { darken, lighten } from '../colour.ts';
import type { PictureSource } from '../compose/scene-plan.ts';
import { clothes } from './things/clothes.ts';
import { basketFront, objects } from './things/objects.ts';
import { num, type Pen, path, place, rect } from './vector.ts';

/** Something that lies in a basket: 100 high, standing on (0, 0). */
export type Item = { readonly drawing: string; readonly aspect: number };

/** A sent picture as an item: cut out it stands alone, else it is a card with a white rim. */
export function pictureItem(pen: Pen, { href, aspect, cut }: PictureSource): Item {
  const width = 100 * aspect;
  const image = (x: number, y: number, w: number, h: number) =>
    `<image x="${num(x)}" y="${num(y)}" width="${num(w)}" height="${num(h)}" preserveAspectRatio="none" href="${href}"/>`;
  if (cut) return { drawing: image(-width / 2, -100, width, 100), aspect };
  const id = pen.name();
  const card =
    rect(-width / 2 + 1.5, -98, width, 100, { fill: '#2b2040', opacity: 0.2 }, 7) +
    rect(-width / 2, -100, width, 100, { fill: '#ffffff' }, 7) +
    `<clipPath id="${id}">${rect(-width / 2 + 4, -96, width - 8, 92, { fill: '#000' }, 5)}</clipPath><g clip-path="url(#${id})">${image(-width / 2 + 4, -96, width - 8, 92)}</g>`;
  return { drawing: card, aspect };
}

/** A basket of 100 units with its items rising from it, a bow and a tag. */
export function drawBasket(
  pen: Pen,
  items: readonly Item[],
  colour: string | undefined,
  ribbon: string | null,
): string {
  const wood = colour ?? '#c98f4e';
  const handle =
    path('M-62,-46 C-60,-128 60,-128 62,-46', { stroke: darken(wood, 0.12), width: 8 }) +
    path('M-62,-46 C-60,-128 60,-128 62,-46', { stroke: lighten(wood, 0.3), width: 2.4 });
  const inside = path('M-70,-52 C-50,-64 50,-64 70,-52 L66,-40 L-66,-40 Z', { fill: darken(wood, 0.45) });
  const tissue = path(
    'M-68,-50 L-58,-66 L-46,-54 L-34,-70 L-22,-55 L-8,-68 L6,-55 L20,-70 L32,-55 L46,-68 L56,-54 L68,-50 Z',
    { fill: '#ffe9ec' },
  );
  const bow = ribbon === null ? '' : place(clothes.ribbon?.(ribbon) ?? '', { y: -50, scale: 0.95 });
  return handle + inside + tissue + stacked(pen, items) + basketFront(wood) + bow;
}

/** Two rows, the back one higher; each row spread over the width of the basket. */
function stacked(pen: Pen, items: readonly Item[]): string {
  const list = items.slice(0, 16);
  const rows = list.length > 12 ? 3 : list.length > 4 ? 2 : 1;
  const perRow = Math.ceil(list.length / rows);
  const parts: string[] = [];
  for (let row = 0; row < rows; row += 1) {
    const line = list.slice(row * perRow, (row + 1) * perRow);
    const tall = (rows === 1 ? 78 : 52) * (line.length > 5 ? 0.86 : 1);
    const lift = (rows === 1 ? -42 : -34) - (rows - 1 - row) * 27;
    line.forEach((item, index) => {
      const spread = line.length === 1 ? 0 : (index / (line.length - 1)) * 2 - 1;
      const high =
        Math.min(tall, (tall * 0.95) / Math.max(0.6, item.aspect)) * pen.chance.between(0.92, 1.08);
      parts.push(
        place(item.drawing, {
          x: spread * (rows - 1 - row === 0 ? 42 : 36),
          y: lift + Math.abs(spread) * 5,
          scale: high / 100,
          turn: spread * 11 + pen.chance.between(-3, 3),
        }),
      );
    });
  }
  return parts.join('');
}

/** What is in a gift basket when nobody said. */
export function usualGifts(drawIcon: (name: string) => string | null): Item[] {
  const icon = (name: string, aspect = 0.95): Item => ({ drawing: drawIcon(name) ?? '', aspect });
  const made = (name: string, colour?: string): Item => ({
    drawing: objects[name]?.draw(colour) ?? '',
    aspect: (objects[name]?.width ?? 100) / 100,
  });
  return [
    icon('bouquet'),
    icon('lotion-bottle', 0.7),
    icon('candle', 0.7),
    icon('bottle-with-popping-cork'),
    made('bath-bomb'),
    made('jar'),
    icon('soap'),
    made('towel', '#bfe0dc'),
  ];
}
