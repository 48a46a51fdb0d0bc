/** Items of a bucket before it is split: small enough to shift, large enough to need few buckets. */
const BUCKET = 256;

/**
 * Items in order, found by binary search. 100,000 items are about 600 buckets, so that adding and removing shift
 * a few hundred pointers instead of all of them. No two items may compare equal.
 */
export class Sorted<T> {
  readonly #compare: (a: T, b: T) => number;
  #buckets: T[][] = [];
  #size = 0;

  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare;
  }

  get size(): number {
    return this.#size;
  }

  add(item: T): void {
    const index = this.#bucketFor(item);
    const bucket = this.#buckets[index];
    this.#size += 1;
    if (bucket === undefined) {
      this.#buckets.push([item]);
      return;
    }
    bucket.splice(
      lowerBound(bucket, (other) => this.#compare(other, item) < 0),
      0,
      item,
    );
    if (bucket.length > BUCKET) this.#buckets.splice(index + 1, 0, bucket.splice(BUCKET / 2));
  }

  delete(item: T): void {
    const index = this.#bucketFor(item);
    const bucket = this.#buckets[index];
    if (bucket === undefined) return;
    const at = lowerBound(bucket, (other) => this.#compare(other, item) < 0);
    const found = bucket[at];
    if (found === undefined || this.#compare(found, item) !== 0) return;
    bucket.splice(at, 1);
    this.#size -= 1;
    if (bucket.length === 0) this.#buckets.splice(index, 1);
  }

  /** The items from the first for which `before` is false; `before` must be true, then false, along the order. */
  *from(before: (item: T) => boolean): Generator<T, void, undefined> {
    const start = lowerBound(this.#buckets, (bucket) => isBefore(bucket.at(-1), before));
    for (let index = start; index < this.#buckets.length; index += 1) {
      const bucket = this.#buckets[index] ?? [];
      const first = index === start ? lowerBound(bucket, before) : 0;
      for (let at = first; at < bucket.length; at += 1) {
        const item = bucket[at];
        if (item !== undefined) yield item;
      }
    }
  }

  /** How many items there are for which `before` is true. */
  countBefore(before: (item: T) => boolean): number {
    let count = 0;
    for (const bucket of this.#buckets) {
      if (!isBefore(bucket.at(-1), before)) return count + lowerBound(bucket, before);
      count += bucket.length;
    }
    return count;
  }

  [Symbol.iterator](): Generator<T, void, undefined> {
    return this.from(() => false);
  }

  /** The bucket where the item is or belongs: the first whose last item is not before it, else the last. */
  #bucketFor(item: T): number {
    const index = lowerBound(this.#buckets, (bucket) =>
      isBefore(bucket.at(-1), (last) => this.#compare(last, item) < 0),
    );
    return Math.min(index, Math.max(this.#buckets.length - 1, 0));
  }
}

function isBefore<T>(item: T | undefined, before: (item: T) => boolean): boolean {
  return item !== undefined && before(item);
}

/** The first index at which `before` is false. */
function lowerBound<T>(items: readonly T[], before: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && before(item)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** At most `count` of the items. */
export function take<T>(items: Iterable<T>, count: number): T[] {
  const taken: T[] = [];
  if (count <= 0) return taken;
  for (const item of items) {
    taken.push(item);
    if (taken.length >= count) break;
  }
  return taken;
}
