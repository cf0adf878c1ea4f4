import type { OutputFormat } from '../../models/index.ts';

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const jpegSignature = Buffer.from([0xff, 0xd8, 0xff]);

/** What a picture is by its first bytes, whatever its service says. Null: none that a model here makes. */
export function sniffFormat(head: Uint8Array): OutputFormat | null {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  if (bytes.subarray(0, pngSignature.length).equals(pngSignature)) return 'png';
  if (bytes.subarray(0, jpegSignature.length).equals(jpegSignature)) return 'jpeg';
  const start = bytes.toString('latin1', 0, 12);
  if (start.startsWith('RIFF') && start.endsWith('WEBP')) return 'webp';
  return start.startsWith('GIF8') ? 'gif' : null;
}
