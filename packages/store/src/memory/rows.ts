import { StoreError } from '../errors.ts';

/** Rows with a number that counts up and is never given out again. */
export class Rows<T extends { readonly id: number }> {
  readonly #rows = new Map<number, T>();
  #last = 0;

  add(row: Omit<T, 'id'>): T {
    this.#last += 1;
    return this.replace({ ...row, id: this.#last } as T);
  }

  replace(row: T): T {
    this.#rows.set(row.id, row);
    return row;
  }

  get(id: number): T | undefined {
    return this.#rows.get(id);
  }

  /** By id. */
  all(): readonly T[] {
    return [...this.#rows.values()];
  }

  find(test: (row: T) => boolean): T | undefined {
    for (const row of this.#rows.values()) if (test(row)) return row;
    return undefined;
  }

  remove(id: number): boolean {
    return this.#rows.delete(id);
  }
}

/** The refusal for a name that is in use. */
export function taken(what: string): StoreError {
  return new StoreError('name-taken', `There is ${what} already. Choose another name.`);
}

/** The refusal for a row that is not there. */
export function missing(what: string): StoreError {
  return new StoreError('not-found', `There is no ${what}.`);
}

/** Sorted by a text, as the databases sort: unit by unit, no language's rules. */
export function byText<T>(rows: readonly T[], text: (row: T) => string): readonly T[] {
  return [...rows].sort((a, b) => {
    const [x, y] = [text(a), text(b)];
    if (x === y) return 0;
    return x < y ? -1 : 1;
  });
}
