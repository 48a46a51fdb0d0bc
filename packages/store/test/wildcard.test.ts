import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wildcard } from '../src/wildcard.ts';

describe('wildcard', () => {
  it.each([
    ['abc', 'abc', true],
    ['abc', 'abcd', false],
    ['a*', 'a', true],
    ['a*', 'ba', false],
    ['*a', 'ba', true],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['*b*', 'abc', true],
    ['a*b*c', 'a-c-b', false],
    ['*', '', true],
    ['**', 'x', true],
    ['a.c', 'abc', false],
  ])('%j on %j is %s', (pattern, text, matches) => {
    expect(wildcard(pattern)(text)).toBe(matches);
  });

  it('agrees with the plain rule', () => {
    const small = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
    fc.assert(
      fc.property(small, fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 }), (pattern, text) => {
        const parts = pattern.split('*').map((part) => part.replace(/[.]/g, '\\.'));
        expect(wildcard(pattern)(text)).toBe(new RegExp(`^${parts.join('.*')}$`).test(text));
      }),
    );
  });

  it('ends on what takes a naive expression years', () => {
    const matches = wildcard(`${'a*'.repeat(14)}b`);
    expect(matches('a'.repeat(10_000))).toBe(false);
  });
});
