/**
 * The first lines of a request that closes its connection. Throws a TypeError for a value that no header can hold: a line
 * break in it would begin another header.
 */
export function writeHead(
  method: 'GET' | 'POST',
  url: URL,
  headers: Readonly<Record<string, string>>,
): Buffer {
  const lines = Object.entries({ host: url.host, connection: 'close', ...headers }).map(toLine);
  return Buffer.from(`${method} ${url.pathname}${url.search} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1');
}

function toLine([name, value]: [string, string]): string {
  if (/[^\t\x20-\x7e\x80-\xff]/.test(value))
    throw new TypeError(`The header ${name} holds what no header can.`);
  return `${name}: ${value}\r\n`;
}
