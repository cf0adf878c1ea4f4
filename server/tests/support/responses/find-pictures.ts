import { blake3 } from '@napi-rs/blake-hash';
import type { UpstreamCall } from '../../upstreams/serve-upstream.ts';

/** Hashes of every picture that went to an upstream with a request: files of a form, and base64 anywhere in JSON. */
export function hashesOf(call: UpstreamCall): readonly string[] {
  const hashes = call.files.map((file) => file.hash);
  const visit = (value: unknown): void => {
    if (typeof value === 'string') {
      const base64 = value.replace(/^data:[^,]*,/, '');
      if (base64.length > 200 && /^[A-Za-z0-9+/]+=*$/.test(base64)) hashes.push(hash(base64));
    } else if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
  };
  visit(call.fields.map(([, value]) => value));
  return hashes;
}

/** BLAKE3 of what base64 stands for. */
export function hash(base64: string): string {
  return blake3(Buffer.from(base64, 'base64')).toString('hex');
}
