/** A list kept in a total order; finds by binary search. */
export class Sorted<T> {
  readonly #compare: (a: T, b: T) => number;
  readonly #items: T[] = [];

  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare;
  }

  get size(): number {
    return this.#items.length;
  }

  /** In order; not to be changed, and not to be kept across changes of the list. */
  get items(): readonly T[] {
    return this.#items;
  }

  add(item: T): void {
    this.#items.splice(this.#indexOf(item), 0, item);
  }

  delete(item: T): void {
    const index = this.#indexOf(item);
    const found = this.#items[index];
    if (found !== undefined && this.#compare(found, item) === 0) this.#items.splice(index, 1);
  }

  /** How many items are below a bound; `compareTo` says on which side of it an item lies. */
  countBelow(compareTo: (item: T) => number): number {
    let low = 0;
    let high = this.#items.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const item = this.#items[middle];
      if (item !== undefined && compareTo(item) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #indexOf(item: T): number {
    return this.countBelow((other) => this.#compare(other, item));
  }
}
