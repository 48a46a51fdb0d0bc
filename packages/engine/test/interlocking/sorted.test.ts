import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Sorted, take } from '../../src/interlocking/slice/sorted.ts';

describe('Sorted', () => {
  it('is a sorted array to whoever looks', () => {
    const act = fc.tuple(fc.boolean(), fc.nat(2000));
    fc.assert(
      fc.property(fc.array(act, { maxLength: 3000, size: 'max' }), fc.nat(2000), (acts, from) => {
        const sorted = new Sorted<number>((a, b) => a - b);
        const model = new Set<number>();
        for (const [adds, value] of acts) {
          if (adds && !model.has(value)) sorted.add(value);
          if (!adds) sorted.delete(value);
          if (adds) model.add(value);
          else model.delete(value);
        }
        const wanted = [...model].sort((a, b) => a - b);
        expect([...sorted]).toEqual(wanted);
        expect(sorted.size).toBe(wanted.length);
        expect([...sorted.from((value) => value < from)]).toEqual(wanted.filter((value) => value >= from));
        expect(sorted.countBefore((value) => value < from)).toBe(
          wanted.filter((value) => value < from).length,
        );
      }),
      { numRuns: 60 },
    );
  });

  it('takes no more than asked', () => {
    expect(take([1, 2, 3], 2)).toEqual([1, 2]);
    expect(take([1], 2)).toEqual([1]);
    expect(take([1], 0)).toEqual([]);
  });
});
