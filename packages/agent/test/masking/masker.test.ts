import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Masker } from '../../src/masking/masker.ts';
import { LineSplitter } from '../../src/process/line-splitter.ts';

function masker(...secrets: readonly string[]): Masker {
  const made = new Masker();
  for (const secret of secrets) made.add(secret);
  return made;
}

/** secrets, text, what is left. */
const CASES: readonly [readonly string[], string, string][] = [
  [[], 'nothing secret', 'nothing secret'],
  [[''], 'an empty secret', 'an empty secret'],
  [['fish'], 'a fish is a fish', 'a *** is a ***'],
  [['fish'], 'Fish', 'Fish'],
  [['fish'], 'fishfish', '***'],
  [['abcd', 'cdef'], 'xabcdefx', 'x***x'],
  [['abc', 'bcd'], 'abcd', '***'],
  [['aba'], 'ababa', '***'],
  [['abcdef', 'abc'], 'abcdef abc', '*** ***'],
  [['x'], 'one x only', 'one *** only'],
  [['a"b'], '{"k":"a\\"b"}', '{"k":"***"}'],
  [['a b/c?'], 'https://h/?q=a%20b%2Fc%3F', 'https://h/?q=***'],
  [['a b/c?'], 'q=a+b%2Fc%3F', 'q=***'],
  [["it's"], "+ echo 'it'\\''s'", "+ echo '***'"],
  [['a\\b'], 'a\\\\b', '***'],
  [['pa$$word'], 'pa\\$\\$word', '***'],
  [['<tag>'], '&lt;tag&gt;', '***'],
  [['swordfish'], Buffer.from('swordfish').toString('hex'), '***'],
  [['line one\nline two'], 'see line two', 'see ***'],
  [['{\n"key": 1\n}'], '{ "key": 1 }', '{ *** }'],
  [['a\nb'], 'a b', '*** ***'],
  [['grün'], '"gr\\u00fcn"', '"***"'],
];

describe('Masker', () => {
  it.each(CASES)('%j in %j', (secrets, text, expected) => {
    expect(masker(...secrets).mask(text)).toBe(expected);
  });

  it.each([0, 1, 2, 3, 4, 5])('finds base64 when the secret stands at byte %i', (before) => {
    const secret = 'correct horse battery';
    const encoded = Buffer.from(`${'u'.repeat(before)}${secret}:tail`).toString('base64');
    const masked = masker(secret).mask(encoded);
    expect(masked).toContain('***');
    // At most two characters at each edge, which also hold bits of the neighbours, are left of it.
    expect(masked.length).toBeLessThan(encoded.length - secret.length);
  });

  it('masks a secret that reaches beyond the part that is kept', () => {
    expect(masker('swordfish').maskStart('my swordfish', 6)).toBe('my ***');
    expect(masker('swordfish').maskStart('my swordfish', 3)).toBe('my ');
  });

  it('leaves nothing of any secret, however the output is cut into chunks', () => {
    const secret = fc.string({
      unit: fc.constantFrom(...'abcd=+ü"\'\\/ \n'.split('')),
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(
        fc.array(
          secret.filter((one) => one.trim() !== ''),
          { minLength: 1, maxLength: 4 },
        ),
        fc.array(fc.string({ unit: fc.constantFrom(...'abcdxyzü \n'.split('')) }), { maxLength: 6 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 7 })),
        (secrets, noise, sizes) => {
          const text = secrets.map((one, index) => (noise[index] ?? '') + one).join('') + noise.join('');
          const output = printed(masker(...secrets), Buffer.from(text), sizes);
          for (const one of secrets) expect(output).not.toContain(one);
        },
      ),
    );
  });
});

function printed(by: Masker, bytes: Uint8Array, sizes: Iterable<number>): string {
  const splitter = new LineSplitter(() => 1_000);
  const lines: string[] = [];
  let at = 0;
  for (const size of sizes) {
    if (at >= bytes.length) break;
    for (const line of splitter.push(bytes.subarray(at, at + size))) lines.push(by.mask(line.text));
    at += size;
  }
  for (const line of splitter.end()) lines.push(by.mask(line.text));
  return lines.join('\n');
}
