/** Lets a number of visitors in at once; the others wait in order. */
export class Gate {
  readonly #waiting: (() => void)[] = [];
  readonly #idle: (() => void)[] = [];
  #free: number;
  readonly #places: number;

  constructor(places: number) {
    this.#free = places;
    this.#places = places;
  }

  /** Resolves when there is room, with how to leave. */
  async enter(): Promise<() => void> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return () => this.#leave();
  }

  /** Resolves when nobody is inside. */
  async drained(): Promise<void> {
    if (this.#free === this.#places) return;
    await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next !== undefined) {
      next();
      return;
    }
    this.#free += 1;
    if (this.#free === this.#places) for (const resolve of this.#idle.splice(0)) resolve();
  }
}
