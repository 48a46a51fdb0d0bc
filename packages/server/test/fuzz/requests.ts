import fc from 'fast-check';
import { hostileText, hostileValue, inPath } from './hostile.ts';
import type { Seed } from './seeds.ts';

/** A request as it is sent. */
export interface HostileRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly as: 'administrator' | 'contributor' | 'reader' | 'agent' | 'gate' | 'anonymous';
}

/** Something done to a request. */
type Change = (request: HostileRequest) => HostileRequest;

/** Requests that were meant once, with one to three things done to them. */
export function hostileRequests(seeds: readonly Seed[]): fc.Arbitrary<HostileRequest> {
  const changes = fc.array(change, { minLength: 1, maxLength: 3 });
  return fc
    .tuple(fc.constantFrom(...seeds), role, changes)
    .map(([seed, as, all]) => all.reduce((request, apply) => apply(request), asSent(seed, as)));
}

const role: fc.Arbitrary<HostileRequest['as']> = fc.oneof(
  { weight: 6, arbitrary: fc.constant('administrator' as const) },
  fc.constantFrom('contributor' as const, 'reader' as const, 'agent' as const, 'gate' as const),
  fc.constant('anonymous' as const),
);

function asSent({ method, path, body }: Seed, as: HostileRequest['as']): HostileRequest {
  const headers: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  return { method, path, headers, as, ...(body !== undefined && { body: JSON.stringify(body) }) };
}

const another: fc.Arbitrary<Change> = fc
  .constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'PROPFIND')
  .map((method) => (request) => (isKept(request.path, method) ? request : { ...request, method }));

// The project stays, whatever happens to the rest.
function isKept(path: string, method: string): boolean {
  return method === 'DELETE' && /^\/+_apis\/+projects\//i.test(path);
}

const segment: fc.Arbitrary<Change> = fc.tuple(fc.nat(), hostileText).map(([at, text]) => (request) => {
  const [path = '', ...query] = request.path.split('?');
  const parts = path.split('/');
  parts[1 + (at % Math.max(1, parts.length - 1))] = inPath(text);
  return { ...request, path: [parts.join('/'), ...query].join('?') };
});

const PARAMETERS = [
  '$top',
  'top',
  'continuationToken',
  'api-version',
  'queryOrder',
  'statusFilter',
  'definitions',
  'buildIds',
  'tagFilters',
  'minTime',
  'name',
  '$expand',
  '$skip',
  'since',
  'projectIds',
] as const;

const parameter: fc.Arbitrary<Change> = fc
  .tuple(fc.constantFrom(...PARAMETERS), hostileText, fc.boolean())
  .map(([name, text, twice]) => (request) => {
    const one = `${name}=${inPath(text)}`;
    const mark = request.path.includes('?') ? '&' : '?';
    return { ...request, path: `${request.path}${mark}${twice ? `${one}&${one}` : one}` };
  });

const trick: fc.Arbitrary<Change> = fc
  .constantFrom('/..', '//', '/./', '%2f..%2f', ';x=1', '/%', '?', '#', '%00', '.json', '/'.repeat(50))
  .map((text) => (request) => ({ ...request, path: request.path.replace(/(?=\?|$)/, text) }));

const header: fc.Arbitrary<Change> = fc
  .constantFrom<[string, string]>(
    ['content-type', 'text/plain'],
    ['content-type', 'application/json; charset=utf-16'],
    ['content-type', 'multipart/form-data; boundary=x'],
    ['content-type', 'application/octet-stream'],
    ['content-type', '\u00ff'],
    ['content-encoding', 'gzip'],
    ['accept', 'application/json;api-version=99.9'],
    ['accept', 'text/html, application/zip;q=0.9'],
    ['accept', '\u00ff'],
    ['authorization', 'Basic ='],
    ['authorization', 'Bearer a b'],
    ['cookie', 'signalbox_session=..; a=%'],
    ['origin', 'null'],
    ['x-http-method-override', 'DELETE'],
    ['x-forwarded-for', '127.0.0.1'],
    ['idempotency-key', 'k'.repeat(5000)],
    ['if-match', '"1"'],
    ['range', 'bytes=0-1,5-4,-0'],
  )
  .map(([name, value]) => (request) => ({ ...request, headers: { ...request.headers, [name]: value } }));

const field: fc.Arbitrary<Change> = fc.tuple(fc.nat(), hostileValue).map(
  ([at, value]) =>
    (request) =>
      inBody(request, (body) => replaceNode(body, at, value)),
);

const NAMES = [
  'id',
  'name',
  'type',
  'settings',
  'resource',
  'variables',
  'revision',
  'unknown',
  '$type',
] as const;

const extra: fc.Arbitrary<Change> = fc.tuple(fc.constantFrom(...NAMES), hostileValue).map(
  ([name, value]) =>
    (request) =>
      inBody(request, (body) => added(body, name, value)),
);

const raw: fc.Arbitrary<Change> = fc
  .constantFrom(
    '',
    '{',
    '[]',
    'null',
    '"text"',
    '{"a":1,}',
    '{"name":"a","name":"b"}',
    '{"id":1,"ID":2,"Id":3}',
    `${'['.repeat(5000)}${']'.repeat(5000)}`,
    `${'{"a":'.repeat(80)}1${'}'.repeat(80)}`,
    '{"__proto__":{"polluted":true}}',
    '{"constructor":{"prototype":{"polluted":true}}}',
    '\ufeff{}',
    `{"name":"${'n'.repeat(100_000)}"}`,
    '{"a":1e999}',
    '\u0000',
  )
  .map((body) => (request) => ({
    ...request,
    body,
    headers: { 'content-type': 'application/json', ...request.headers },
  }));

const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 6, arbitrary: field },
  { weight: 3, arbitrary: segment },
  { weight: 2, arbitrary: parameter },
  { weight: 2, arbitrary: extra },
  raw,
  another,
  trick,
  header,
);

function inBody(request: HostileRequest, change: (body: unknown) => unknown): HostileRequest {
  if (request.body === undefined) return request;
  try {
    return { ...request, body: JSON.stringify(change(JSON.parse(request.body))) };
  } catch {
    // It is no JSON any more.
    return request;
  }
}

/** Puts a value in the place of one inside, counted from the root. */
function replaceNode(root: unknown, at: number, value: unknown): unknown {
  let index = at % countOf(root);
  const walk = (node: unknown): unknown => {
    index -= 1;
    if (index === -1) return value;
    if (typeof node !== 'object' || node === null) return node;
    if (Array.isArray(node)) return node.map(walk);
    return Object.fromEntries(Object.entries(node).map(([name, inner]) => [name, walk(inner)]));
  };
  return walk(root);
}

function countOf(node: unknown): number {
  if (typeof node !== 'object' || node === null) return 1;
  return Object.values(node).reduce<number>((sum, inner) => sum + countOf(inner), 1);
}

function added(body: unknown, name: string, value: unknown): unknown {
  return typeof body === 'object' && body !== null && !Array.isArray(body)
    ? { ...body, [name]: value }
    : body;
}
