import { expect, test } from 'vitest';
import { readFilename, readMediaType, toContentDisposition } from './read-names.ts';

test.each([
  ['cat.png', 'cat.png'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\me\\cat.png', 'cat.png'],
  ['cat\r\nset-cookie: a=b.png', 'catset-cookie: a=b.png'],
  ['cat\u0000.png', 'cat.png'],
  ['gnp\u202etac.exe', 'gnptac.exe'],
  ['  Katze für Zoë 🐈.png ', 'Katze für Zoë 🐈.png'],
  ['\ud800cat', '\ufffdcat'],
  ['', 'file'],
  ['..', 'file'],
  ['folder/', 'file'],
  ['a'.repeat(300), 'a'.repeat(255)],
])('the name %j is kept as %j', (sent, kept) => {
  expect(readFilename(sent)).toBe(kept);
});

test.each([
  ['image/png', 'image/png'],
  ['Text/HTML; charset=utf-8', 'text/html'],
  ['application/vnd.api+json', 'application/vnd.api+json'],
  ['', 'application/octet-stream'],
  ['nonsense', 'application/octet-stream'],
  ['a/b/c', 'application/octet-stream'],
  ['text/html\r\nx: y', 'application/octet-stream'],
])('the declared type %j counts as %s', (declared, expected) => {
  expect(readMediaType(declared)).toBe(expected);
});

test.each([
  ['cat.png', 'attachment; filename="cat.png"'],
  [
    'a "b" \\ 100%.png',
    `attachment; filename="a _b_ _ 100_.png"; filename*=UTF-8''a%20%22b%22%20%5C%20100%25.png`,
  ],
  ["Zoë's (1)*.png", `attachment; filename="Zo_'s (1)*.png"; filename*=UTF-8''Zo%C3%AB%27s%20%281%29%2A.png`],
])('%s is saved by %s', (filename, header) => {
  expect(toContentDisposition(filename)).toBe(header);
});
