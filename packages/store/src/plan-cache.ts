import type { Plan, RunId } from '@signalbox/model';

/** A plan never changes but for its sealed values, so it is parsed once; bounded, because there are as many plans as runs. */
export class PlanCache {
  readonly #plans = new Map<RunId, Plan>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  clear(): void {
    this.#plans.clear();
  }

  get(run: RunId): Plan | undefined {
    const plan = this.#plans.get(run);
    if (plan === undefined) return undefined;
    // A Map keeps the order of insertion: to be used last is to be dropped last.
    this.#plans.delete(run);
    this.#plans.set(run, plan);
    return plan;
  }

  set(run: RunId, plan: Plan): void {
    this.#plans.set(run, plan);
    if (this.#plans.size <= this.#limit) return;
    const [oldest] = this.#plans.keys();
    if (oldest !== undefined) this.#plans.delete(oldest);
  }
}
