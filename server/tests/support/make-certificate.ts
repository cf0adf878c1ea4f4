import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** A certificate that signs itself, for servers of tests that must speak TLS. For 127.0.0.1, for a day. */
export function makeCertificate(): { readonly certificate: string; readonly key: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const body = toBody(publicKey);
  const signature = sign(
    'sha256',
    body,
    createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' })),
  );
  const bytes = sequence(body, algorithm, der(0x03, Buffer.from([0]), signature));
  const lines = bytes.toString('base64').replaceAll(/.{64}/g, '$&\n');
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** ASN.1 in DER: a tag, a length, and what is in it. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, ...parts);
}

/** ecdsa-with-SHA256 */
const algorithm = sequence(der(0x06, Buffer.from('2a8648ce3d040302', 'hex')));

function toBody(publicKey: KeyObject): Buffer {
  const version = der(0xa0, der(0x02, Buffer.from([2])));
  const serial = der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)]));
  const commonName = sequence(der(0x06, Buffer.from('550403', 'hex')), der(0x0c, Buffer.from('test')));
  const name = sequence(der(0x31, commonName));
  const dayMs = 24 * 60 * 60 * 1000;
  const validity = sequence(toTime(Date.now() - dayMs), toTime(Date.now() + dayMs));
  const key = publicKey.export({ type: 'spki', format: 'der' });
  // subjectAltName with one address, and basicConstraints that let it stand for itself.
  const address = sequence(der(0x87, Buffer.from([127, 0, 0, 1])));
  const names = sequence(der(0x06, Buffer.from('551d11', 'hex')), der(0x04, address));
  const constraints = sequence(
    der(0x06, Buffer.from('551d13', 'hex')),
    der(0x01, Buffer.from([0xff])),
    der(0x04, sequence(der(0x01, Buffer.from([0xff])))),
  );
  const extensions = der(0xa3, sequence(names, constraints));
  return sequence(version, serial, algorithm, name, validity, name, key, extensions);
}

function toTime(ms: number): Buffer {
  const text = new Date(ms).toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  return der(0x18, Buffer.from(text));
}
