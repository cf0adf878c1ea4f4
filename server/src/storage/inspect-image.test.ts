import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ImageFacts, inspectImage } from './inspect-image.ts';
import { sniffMediaType } from './sniff-media-type.ts';
import { animation, claimingPng, noise, plain, temporaryFolder } from './testing/sample-images.ts';

async function factsOf(bytes: Uint8Array | string, name = 'picture'): Promise<ImageFacts | null> {
  await using folder = await temporaryFolder();
  const path = join(folder.path, name);
  await writeFile(path, bytes);
  return await inspectImage(path);
}

const upright = {
  width: 30,
  height: 20,
  hasAlpha: false,
  frames: 1,
  colourSpace: 'srgb',
  orientation: 1,
};

describe('inspectImage', () => {
  it.each([
    ['image/png', () => plain(30, 20).png()],
    ['image/jpeg', () => plain(30, 20).jpeg()],
    ['image/webp', () => plain(30, 20).webp()],
    ['image/avif', () => plain(30, 20).avif({ effort: 0 })],
  ] as const)('knows %s by its bytes, whatever its name says', async (mediaType, make) => {
    expect(await factsOf(await make().toBuffer(), 'picture.tiff')).toEqual({ mediaType, ...upright });
  });

  it('knows image/gif, in which any colour may be transparent', async () => {
    const gif = await plain(30, 20).gif().toBuffer();
    expect(await factsOf(gif)).toEqual({ mediaType: 'image/gif', ...upright, hasAlpha: true });
  });

  it('knows transparency', async () => {
    const image = plain(30, 20).ensureAlpha(0.5);
    expect(await factsOf(await image.png().toBuffer())).toMatchObject({ hasAlpha: true });
    expect(await factsOf(await image.webp().toBuffer())).toMatchObject({ hasAlpha: true });
    expect(await factsOf(await image.png({ palette: true }).toBuffer())).toMatchObject({ hasAlpha: true });
  });

  it('knows colour spaces', async () => {
    expect(await factsOf(await plain(30, 20).toColourspace('cmyk').jpeg().toBuffer())).toEqual({
      mediaType: 'image/jpeg',
      ...upright,
      colourSpace: 'cmyk',
    });
    const grey = await plain(30, 20).toColourspace('b-w').png().toBuffer();
    expect(await factsOf(grey)).toMatchObject({ colourSpace: 'b-w' });
  });

  it('tells stored dimensions and the orientation beside them', async () => {
    const jpeg = await plain(30, 20).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect(await factsOf(jpeg)).toEqual({ mediaType: 'image/jpeg', ...upright, orientation: 6 });
  });

  it.each(['webp', 'gif'] as const)('counts the frames of an animated %s', async (format) => {
    expect(await factsOf(await animation(format, 3))).toMatchObject({ width: 20, height: 20, frames: 3 });
  });

  it('reads the header of what breaks off behind it', async () => {
    const png = await noise(300, 200).png().toBuffer();
    expect(await factsOf(png.subarray(0, 2000))).toMatchObject({ width: 300, height: 200 });
  });

  it('believes a header that claims far too much, because nothing is decoded', async () => {
    expect(await factsOf(claimingPng(50_000, 50_000))).toMatchObject({ width: 50_000, height: 50_000 });
  });

  it('reads a drawing', async () => {
    const svg =
      '<?xml version="1.0"?>\n<!-- a <svg> drawing -->\n<svg xmlns="http://www.w3.org/2000/svg" width="40" height="25"><rect width="9" height="9"/></svg>';
    expect(await factsOf(svg)).toMatchObject({ mediaType: 'image/svg+xml', width: 40, height: 25 });
  });

  it.each([
    ['nothing', ''],
    ['text', 'GIF of a cat'],
    ['a page with a drawing in it', '<html><svg width="1" height="1"></svg></html>'],
    [
      'a drawing that defines entities',
      '<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg width="1" height="1">&a;</svg>',
    ],
    ['a drawing that is not well-formed', '<svg width="1" height="1"><g></svg>'],
    ['a document', '%PDF-1.7\n'],
    ['a PNG signature alone', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
    ['a JPEG signature before noise', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(500, 7)])],
    ['a WebP that is none', Buffer.from('RIFF\xff\xff\xff\x7fWEBPVP8 nonsense', 'latin1')],
    ['a GIF of no size', Buffer.from('GIF89a')],
    ['an AVIF brand before noise', Buffer.from('\0\0\0\x14ftypavif\0\0\0\0mif1noise', 'latin1')],
    ['a box that ends at once', Buffer.from('\0\0\0\x08ftyp', 'latin1')],
  ])('finds no image in %s', async (_name, bytes) => {
    expect(await factsOf(bytes)).toBeNull();
  });

  it('opens no kind of file that it does not know, though the library could', async () => {
    expect(await factsOf(await plain(3, 3).tiff().toBuffer())).toBeNull();
  });
});

describe('sniffMediaType', () => {
  it('tells AVIF and HEIC apart by all of their brands', () => {
    const box = (brands: string) =>
      Buffer.from(`\0\0\0${String.fromCharCode(8 + brands.length)}ftyp${brands}`, 'latin1');
    expect(sniffMediaType(box('avif\0\0\0\0mif1'))).toBe('image/avif');
    expect(sniffMediaType(box('mif1\0\0\0\0mif1avif'))).toBe('image/avif');
    expect(sniffMediaType(box('heic\0\0\0\0mif1'))).toBe('image/heic');
    expect(sniffMediaType(box('mif1\0\0\0\0heic'))).toBe('image/heic');
    expect(sniffMediaType(box('isom\0\0\0\0mp42'))).toBeNull();
  });

  it('is not slowed down by a drawing that is all comments', () => {
    expect(sniffMediaType(Buffer.from('<!---->'.repeat(600)))).toBeNull();
    expect(sniffMediaType(Buffer.from(`${'<!---->'.repeat(500)}<svg>`))).toBe('image/svg+xml');
  });
});
