import fc from 'fast-check';

const LONG = 'x'.repeat(20_000);

/** Texts that something behind a server has tripped over before. */
const TEXTS: readonly string[] = [
  '',
  ' ',
  '0',
  '-1',
  '1.5',
  '1e309',
  'NaN',
  'null',
  'true',
  '2147483648',
  '9007199254740993',
  '9223372036854775808',
  '00000000-0000-0000-0000-000000000000',
  '__proto__',
  'constructor',
  'toString',
  "' OR '1'='1",
  '"; DROP TABLE run; --',
  '%',
  '*',
  '..',
  '../../../../etc/passwd',
  '..\\..\\windows',
  '/etc/passwd',
  'file:///etc/passwd',
  'http://169.254.169.254/latest/meta-data',
  '\u0000',
  '\ud800',
  '\u202e\ufeff',
  '😀'.repeat(100),
  'a\r\nx-injected: 1',
  'a\nb',
  '<script>alert(1)</script>',
  '${{ variables.x }}',
  '$(System.AccessToken)',
  '{{constructor}}',
  '(a+)+$',
  '[',
  '\\',
  'refs/heads/..',
  '--upload-pack=touch /tmp/x',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59.9999999Z',
  '275760-09-13T00:00:00.001Z',
  'x'.repeat(257),
  LONG,
];

/** A text of the list, or any. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...TEXTS) },
  fc.string({ unit: 'binary', maxLength: 20 }),
);

/** A value that stands where another was meant to. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: hostileText },
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308),
  fc.constantFrom<unknown>([], {}, [[]], [null], [{}], { id: 1 }, { name: 'x' }, { id: {} }, [1, 'a', null]),
  fc.constant<unknown>(Array.from({ length: 2000 }, (_, index) => index)),
  fc.constant<unknown>(Object.fromEntries(Array.from({ length: 600 }, (_, n) => [`name${n}`, { value: n }]))),
  fc.jsonValue({ maxDepth: 2 }),
);

/** A text as it may stand in a path; what cannot be encoded stays as it is. */
export function inPath(text: string): string {
  try {
    return encodeURIComponent(text).slice(0, 30_000);
  } catch {
    return '%ED%A0%80';
  }
}
