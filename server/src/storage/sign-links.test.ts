import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SettingsError } from '../foundation/index.ts';
import { type LinkSigner, openLinkSigner } from './sign-links.ts';
import { temporaryFolder } from './testing/sample-images.ts';

const expiresAt = new Date('2026-01-01T12:00:00Z');
const before = new Date('2026-01-01T11:59:59.999Z');

function signed(signer: LinkSigner, imageId: string): { expires: string; signature: string } {
  const query = new URLSearchParams(signer.sign({ imageId, expiresAt }));
  return { expires: query.get('expires') ?? '', signature: query.get('signature') ?? '' };
}

describe('openLinkSigner', () => {
  it('signs links that hold until the moment they expire', async () => {
    await using folder = await temporaryFolder();
    const signer = await openLinkSigner({ dataDir: folder.path });
    const query = signed(signer, 'img_1');
    expect(query.expires).toBe('1767268800');
    expect(query.signature).toMatch(/^[\w-]{43}$/);
    expect(signer.verify({ imageId: 'img_1', ...query, now: before })).toBe('ok');
    expect(signer.verify({ imageId: 'img_1', ...query, now: expiresAt })).toBe('expired');
  });

  it('never lets a link end early because of its fraction of a second', async () => {
    await using folder = await temporaryFolder();
    const signer = await openLinkSigner({ dataDir: folder.path });
    const query = signer.sign({ imageId: 'img_1', expiresAt: new Date(1_500) });
    expect(query).toMatch(/^expires=2&signature=/);
  });

  it('refuses what was not signed like this', async () => {
    await using folder = await temporaryFolder();
    const signer = await openLinkSigner({ dataDir: folder.path });
    const query = signed(signer, 'img_1');
    const verify = (changed: { imageId?: string; expires?: string; signature?: string }) =>
      signer.verify({ imageId: 'img_1', ...query, now: before, ...changed });
    expect(verify({ imageId: 'img_2' })).toBe('wrong');
    expect(verify({ expires: '1767268801' })).toBe('wrong');
    expect(verify({ expires: '01767268800' })).toBe('wrong');
    expect(verify({ expires: '1e99' })).toBe('wrong');
    expect(verify({ expires: '' })).toBe('wrong');
    expect(verify({ signature: '' })).toBe('wrong');
    expect(verify({ signature: `${query.signature}=` })).toBe('wrong');
    const otherFirst = query.signature.startsWith('A') ? 'B' : 'A';
    expect(verify({ signature: `${otherFirst}${query.signature.slice(1)}` })).toBe('wrong');
    expect(verify({ signature: 'é'.repeat(43) })).toBe('wrong');
  });

  it('calls a link that is both forged and old wrong', async () => {
    await using folder = await temporaryFolder();
    const signer = await openLinkSigner({ dataDir: folder.path });
    const verdict = signer.verify({ imageId: 'img_1', expires: '1', signature: 'x'.repeat(43), now: before });
    expect(verdict).toBe('wrong');
  });

  it('keeps its secret for the next start, for its owner alone', async () => {
    await using folder = await temporaryFolder();
    const first = await openLinkSigner({ dataDir: folder.path });
    const second = await openLinkSigner({ dataDir: folder.path });
    expect(second.verify({ imageId: 'img_1', ...signed(first, 'img_1'), now: before })).toBe('ok');
    const { mode, size } = await stat(join(folder.path, 'link-secret'));
    expect(mode & 0o777).toBe(0o600);
    expect(size).toBe(32);
    expect(await readdir(folder.path)).toEqual(['link-secret']);
  });

  it('has one secret when two starts make it at once', async () => {
    await using folder = await temporaryFolder();
    const dataDir = join(folder.path, 'not-there-yet');
    const signers = await Promise.all(Array.from({ length: 8 }, () => openLinkSigner({ dataDir })));
    const queries = new Set(signers.map((signer) => signer.sign({ imageId: 'img_1', expiresAt })));
    expect(queries.size).toBe(1);
    expect(await readdir(dataDir)).toEqual(['link-secret']);
  });

  it('has another secret in another data folder', async () => {
    await using one = await temporaryFolder();
    await using other = await temporaryFolder();
    const query = signed(await openLinkSigner({ dataDir: one.path }), 'img_1');
    const stranger = await openLinkSigner({ dataDir: other.path });
    expect(stranger.verify({ imageId: 'img_1', ...query, now: before })).toBe('wrong');
  });

  it('does not start with a secret that is cut off, and leaves it as it is', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'link-secret');
    await writeFile(path, 'short');
    await expect(openLinkSigner({ dataDir: folder.path })).rejects.toThrow(SettingsError);
    expect(await readFile(path, 'utf8')).toBe('short');
  });
});
