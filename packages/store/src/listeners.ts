/** Listeners that are called without arguments; one that throws does not keep the others from hearing. */
export class Listeners {
  readonly #listeners = new Set<() => void>();

  add(listener: () => void): () => void {
    // Wrapped, so that the same function can listen twice and each stop for itself.
    const entry = (): void => listener();
    this.#listeners.add(entry);
    return () => this.#listeners.delete(entry);
  }

  call(): void {
    for (const listener of this.#listeners) queueMicrotask(listener);
  }
}
