import type { Pictor } from '@pictor/sdk';

type CopiedImage = { readonly id: string; readonly media_type: string };

/** Puts the picture itself on the clipboard. Clipboards take PNG only, so other formats are drawn anew. */
export async function copyImage(pictor: Pictor, image: CopiedImage): Promise<void> {
  // Missing where the page is served without https from another machine.
  if (navigator.clipboard === undefined || typeof ClipboardItem === 'undefined') {
    throw new Error('This browser copies pictures only over https or on localhost. Download it instead.');
  }
  const png = loadBytes(pictor, image).then((blob) => (blob.type === 'image/png' ? blob : toPng(blob)));
  // The promise goes in as it is: Safari forgets that somebody pressed a button while bytes are on their way.
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
}

/** Copies the bytes in base64, as `b64_json` has them. */
export async function copyBase64(pictor: Pictor, image: CopiedImage): Promise<void> {
  await copyText((await toDataUrl(await loadBytes(pictor, image))).replace(/^[^,]*,/, ''));
}

/** Copies words; also on pages without https, where there is no clipboard. */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard !== undefined) return await navigator.clipboard.writeText(text);
  const field = document.createElement('textarea');
  field.value = text;
  field.style.position = 'fixed';
  field.style.opacity = '0';
  // Inside an open dialog nothing outside of it may take the focus.
  const home = document.querySelector('[role="dialog"]') ?? document.body;
  home.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  if (!done) throw new Error('This browser does not let the page copy.');
}

async function loadBytes(pictor: Pictor, { id, media_type }: CopiedImage): Promise<Blob> {
  const bytes = await new Response(await pictor.gallery.download(id)).blob();
  return new Blob([bytes], { type: media_type });
}

async function toPng(blob: Blob): Promise<Blob> {
  const url = URL.createObjectURL(blob);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    canvas.getContext('2d')?.drawImage(image, 0, 0);
    const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (png === null) throw new Error('This browser could not draw the picture.');
    return png;
  } finally {
    URL.revokeObjectURL(url);
  }
}

function toDataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error('The picture could not be read.'));
    reader.readAsDataURL(blob);
  });
}
