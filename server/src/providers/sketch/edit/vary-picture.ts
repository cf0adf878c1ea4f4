import type { Commission } from '../commission.ts';
import { eachPixel, fromPixels, type Pixels, toPixels } from '../effects/pixels.ts';
import { openChance } from '../random.ts';
import { openPicture } from './open-picture.ts';

/** Another version of a picture: mirrored or not, seen a little closer, in other light and hue, with a doodle. */
export async function varyPicture(commission: Commission): Promise<{ pixels: Pixels; caption: string }> {
  const { images, seed, width, height } = commission;
  const source = await openPicture(images[0] ?? new Uint8Array());
  const chance = openChance(`${seed}/vary`);
  const zoom = chance.between(1.04, 1.22);
  const crop = {
    width: Math.max(1, Math.floor(source.width / zoom)),
    height: Math.max(1, Math.floor(source.height / zoom)),
  };
  const left = Math.floor(chance.next() * (source.width - crop.width));
  const top = Math.floor(chance.next() * (source.height - crop.height));
  const flip = chance.happens(0.5);
  const cut = fromPixels(source).extract({ left, top, ...crop });
  const sized = await toPixels(
    (flip ? fromPixels(await toPixels(cut)).flop() : cut).resize(width, height, { fit: 'cover' }),
  );
  const turned = await toPixels(
    fromPixels(sized).modulate({
      hue: Math.round(chance.pick([-1, 1]) * chance.between(14, 46)),
      saturation: chance.between(0.92, 1.22),
      brightness: chance.between(0.96, 1.06),
    }),
  );
  const warmth = chance.between(-16, 20);
  eachPixel(turned, (red, green, blue) => [red + warmth, green + warmth * 0.25, blue - warmth]);
  const marks = doodle(width, height, seed);
  const pixels = await toPixels(fromPixels(turned).composite([{ input: Buffer.from(marks) }]));
  keepAlpha(turned, pixels);
  return { pixels, caption: 'A variation of the picture that was sent.' };
}

/** Where the source can be seen through, the variation can too. */
function keepAlpha(from: Pixels, to: Pixels): void {
  for (let at = 3; at < to.data.length; at += 4)
    to.data[at] = Math.min(to.data[at] ?? 0, Math.max(from.data[at] ?? 0, 0));
}

function doodle(width: number, height: number, seed: string): string {
  const chance = openChance(`${seed}/doodle`);
  const unit = Math.min(width, height);
  const shapes = Array.from({ length: 5 }, () => {
    const edge = chance.happens(0.5);
    const x = (edge ? chance.pick([0.06, 0.94]) : chance.next()) * width;
    const y = (edge ? chance.next() : chance.pick([0.06, 0.94])) * height;
    const size = unit * chance.between(0.016, 0.034);
    return `<path transform="translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${(size / 40).toFixed(3)})" d="M0,-40 Q4,-4 40,0 Q4,4 0,40 Q-4,4 -40,0 Q-4,-4 0,-40 Z" fill="#fff6cf" opacity="0.92"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${shapes.join('')}</svg>`;
}
