import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineSplitter } from '../../src/process/line-splitter.ts';

function split(chunks: readonly (string | Uint8Array)[], limit = 1_000): string[] {
  const splitter = new LineSplitter(() => limit);
  const lines = chunks.flatMap((chunk) => splitter.push(Buffer.from(chunk as string)));
  return [...lines, ...splitter.end()].map(({ text, cut }) => (cut ? `${text}~` : text));
}

const CASES: readonly [readonly string[], readonly string[]][] = [
  [[], []],
  [['a\nb\n'], ['a', 'b']],
  [['a\nb'], ['a', 'b']],
  [['a\r\nb\rc\n'], ['a', 'b', 'c']],
  [
    ['a\r', '\nb'],
    ['a', 'b'],
  ],
  [
    ['a\r', 'b'],
    ['a', 'b'],
  ],
  [
    ['a\r', '\r\n'],
    ['a', ''],
  ],
  [['\n\n'], ['', '']],
  [['a', 'b', 'c\n'], ['abc']],
];

describe('LineSplitter', () => {
  it.each(CASES)('%j → %j', (chunks, lines) => {
    expect(split(chunks)).toEqual(lines);
  });

  it('puts characters together that straddle chunks, and replaces what is not UTF-8', () => {
    const [first, ...rest] = Buffer.from('ü€😀\n');
    expect(split([Uint8Array.of(first ?? 0), Uint8Array.from(rest)])).toEqual(['ü€😀']);
    expect(split([Uint8Array.of(0x61, 0xff, 0x62)])).toEqual(['a\uFFFDb']);
  });

  it('keeps only the start of an endless line, and marks it', () => {
    expect(split(['aaaa', 'aaaa', 'aaaa\nb\n'], 5)).toEqual(['aaaaa~', 'b']);
    expect(split(['aaaaa\n'], 5)).toEqual(['aaaaa']);
  });

  it('gives the same lines however the bytes are cut', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'ü', '\r', '\n', '\r\n') });
    fc.assert(
      fc.property(
        text,
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 80, maxLength: 80 }),
        (whole, sizes) => {
          const bytes = Buffer.from(whole);
          const chunks: Uint8Array[] = [];
          let at = 0;
          for (const size of sizes) {
            chunks.push(bytes.subarray(at, at + size));
            at += size;
          }
          chunks.push(bytes.subarray(at));
          expect(split(chunks)).toEqual(split([bytes]));
        },
      ),
    );
  });
});
