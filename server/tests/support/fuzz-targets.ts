import type { Draft, FuzzMaterial } from './fuzz-draft.ts';
import type { Random } from './fuzz-random.ts';

const methods = ['GET', 'GET', 'GET', 'GET', 'HEAD', 'DELETE', 'POST', 'PUT', 'PATCH', 'OPTIONS'] as const;

/** Bytes of a request line that mean something to somebody: parents, ends of texts, broken escapes. */
const hostileIds: readonly [string, ...string[]] = [
  '..',
  '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '..%5c..%5cwin.ini',
  '%00',
  '%',
  '%2',
  '%zz',
  '%c0%af',
  '%ff%fe',
  '%ed%a0%80',
  '%E2%80%AE',
  '%F0%9F%98%80',
  '%252e%252e',
  '__proto__',
  'constructor',
  'img_',
  'req_%00',
  `img_${'f'.repeat(32)}`,
  `req_${'0'.repeat(32)}`,
  `file-${'a'.repeat(32)}`,
  'a'.repeat(499),
  'a'.repeat(501),
  'a'.repeat(10_000),
  "';--",
  '*',
  '(.*)',
  '\xff\xfe',
  'a?b=c#d',
];

const queries: readonly [string, ...string[]] = [
  '',
  '?limit=0',
  '?limit=-1',
  '?limit=1e9',
  '?limit=99999999999999999999',
  '?limit=1&limit=2',
  '?limit[]=1',
  '?after=',
  '?after=%00',
  '?after=req_00000000000000000000000000000000',
  '?after[$gt]=',
  '?order=sideways',
  '?order=asc&purpose=vision',
  '?purpose=__proto__',
  '?__proto__[a]=1',
  '?constructor=1',
  '?%',
  '?%ff=%ff',
  '?expires=1&signature=',
  '?expires=99999999999&signature=AAAA',
  '?expires=NaN&signature=%00',
  '?expires=1&expires=2&signature=a&signature=b',
  `?${'a=1&'.repeat(2_000)}`,
  '?token=%00',
  '?token[]=a',
  '?stream=true',
  '????',
];

/** A request whose address is the trouble: lists, things by id, and places that are not there. */
export function hostileTarget(random: Random, material: FuzzMaterial): Draft {
  const [before, known, after] = random.pick(placesOf(material));
  const id = random.chance(45) ? known : random.pick(hostileIds);
  const method = random.pick(methods);
  // What exists is there for the others, too.
  const safeMethod = method === 'DELETE' && id === material.fileId ? 'GET' : method;
  return {
    method: safeMethod,
    target: `${before}${before.endsWith('/') ? id : ''}${after}${random.chance(50) ? random.pick(queries) : ''}`,
    headers: [],
    body: Buffer.from(random.chance(10) ? '{"a":1}' : ''),
    label: 'address',
  };
}

/** Addresses as what stands before an id, an id that exists there, and what stands behind it. */
function placesOf(material: FuzzMaterial): readonly [Place, ...Place[]] {
  const { imageId, requestId, fileId } = material;
  return [
    ['/v1/images/generations', '', ''],
    ['/v1/images/edits', '', ''],
    ['/v1/files', '', ''],
    ['/api/requests', '', ''],
    ['/v1/models', '', ''],
    ['/sign-in', '', ''],
    ['/', '', ''],
    ['/', '/', ''],
    ['/../../etc/passwd', '', ''],
    ['/assets/', '../../package.json', ''],
    ['/images/', imageId, ''],
    ['/images/', imageId, ''],
    ['/images/', imageId, '/thumbnail'],
    ['/v1/files/', fileId, ''],
    ['/v1/files/', fileId, '/content'],
    ['/v1/images/generations/', requestId, ''],
    ['/v1/images/generations/', requestId, ''],
    ['/v1/images/generations/', requestId, '/cancel'],
    ['/v1/images/edits/', requestId, ''],
    ['/v1/images/variations/', requestId, ''],
    ['/api/requests/', requestId, ''],
    ['/v1/models/', 'gpt-image-1', ''],
  ];
}

type Place = readonly [before: string, known: string, after: string];
