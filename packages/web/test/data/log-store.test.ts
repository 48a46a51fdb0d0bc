import { describe, expect, it } from 'vitest';
import { BLOCK, createLogStore } from '../../src/data/log-store.ts';

/** A log of numbered lines that grows, and what was asked of it. */
function logOf(count: number): {
  readonly store: ReturnType<typeof createLogStore>;
  readonly asked: string[];
  readonly add: (more: number) => void;
} {
  let length = count;
  const asked: string[] = [];
  const store = createLogStore(async (start, end = length) => {
    asked.push(`${start}-${end}`);
    return Array.from({ length: Math.max(0, Math.min(end, length) - start + 1) }, (_, index) =>
      String(start + index),
    );
  });
  return { store, asked, add: (more) => (length += more) };
}

describe('createLogStore', () => {
  it('reads only the blocks that somebody looks at, each once', async () => {
    const { store, asked } = logOf(1_000_000);
    store.grow(1_000_000);
    await Promise.all([store.want(499_990, 500_010), store.want(499_995, 500_005)]);
    await store.want(500_001, 500_020);
    expect(asked).toEqual([`${500_000 - BLOCK + 1}-500000`, `500001-${500_000 + BLOCK}`]);
    expect(store.line(500_001)).toBe('500001');
    expect(store.line(7)).toBeUndefined();
  });

  it('adds what comes to the end, over the edges of blocks', async () => {
    const { store, add } = logOf(BLOCK - 2);
    await store.tail();
    add(5);
    await store.tail();
    expect(store.count()).toBe(BLOCK + 3);
    expect([store.line(BLOCK), store.line(BLOCK + 1), store.line(BLOCK + 3)]).toEqual(
      [BLOCK, BLOCK + 1, BLOCK + 3].map(String),
    );
  });

  it('reads a block whose beginning was never looked at when somebody looks', async () => {
    const { store, add } = logOf(10_500);
    store.grow(10_500);
    add(3);
    await store.tail();
    expect(store.count()).toBe(10_503);
    expect(store.line(10_503)).toBeUndefined();
    await store.want(10_500, 10_503);
    expect(store.line(10_503)).toBe('10503');
  });

  it('lets go of blocks that were not looked at for long', async () => {
    const { store } = logOf(200 * BLOCK);
    store.grow(200 * BLOCK);
    for (let block = 0; block < 200; block += 1) await store.want(block * BLOCK + 1, block * BLOCK + 2);
    expect(store.line(1)).toBeUndefined();
    expect(store.line(199 * BLOCK + 1)).toBe(String(199 * BLOCK + 1));
  });

  it('tells those who listen about each change', async () => {
    const { store, add } = logOf(3);
    let told = 0;
    const leave = store.subscribe(() => (told += 1));
    await store.tail();
    await store.tail();
    expect(told).toBe(1);
    leave();
    add(1);
    await store.tail();
    expect(told).toBe(1);
  });
});
