import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validJson } from '../../src/wire/valid-text.ts';

describe('validJson', () => {
  it.each([
    ['a\u0000b', 'a\uFFFDb'],
    ['\uD83D', '\uFFFD'],
    ['x\uDE00y', 'x\uFFFDy'],
    ['\u{1F600}', '\u{1F600}'],
    ['\\u0000', '\\u0000'],
    ['\\\u0000\\\\', '\\\uFFFD\\\\'],
    ['\u0001', '\u0001'],
  ])('of %j is text that every database takes', (text, valid) => {
    expect(JSON.parse(validJson(JSON.stringify(text)))).toBe(valid);
  });

  it('changes nothing else of any text', () => {
    const hostile = fc.string({
      unit: fc.constantFrom('\u0000', '\uD83D', '\uDE00', '\\', 'u', '0', 'a', '"'),
    });
    fc.assert(
      fc.property(hostile, (text) => {
        const expected = text.replaceAll(/\p{Surrogate}|\0/gu, '\uFFFD');
        expect(JSON.parse(validJson(JSON.stringify({ [text]: [text] })))).toEqual({ [expected]: [expected] });
      }),
    );
  });
});
