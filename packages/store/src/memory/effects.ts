import type { Effect } from '@signalbox/engine';
import type { Instant } from '@signalbox/model';
import { backOff } from '../back-off.ts';
import type { Effects, WaitingEffect } from '../port/effects.ts';
import { Rows } from './rows.ts';

interface EffectRow {
  readonly id: number;
  readonly effect: Effect;
  readonly due: Instant;
  readonly attempt: number;
  readonly note?: string;
}

/** Effects in memory. */
export class MemoryEffects implements Effects {
  readonly #rows = new Rows<EffectRow>();
  readonly #clock: () => Instant;

  constructor(clock: () => Instant) {
    this.#clock = clock;
  }

  /** The same key while it waits is the same effect. */
  add(effect: Effect): void {
    if (this.#rows.find((row) => row.effect.key === effect.key) === undefined) {
      this.#rows.add({ effect, due: 0, attempt: 0 });
    }
  }

  async take({ limit, lease }: Parameters<Effects['take']>[0]): ReturnType<Effects['take']> {
    const now = this.#clock();
    return this.#byDue()
      .filter((row) => row.due <= now)
      .slice(0, limit)
      .sort((a, b) => a.id - b.id)
      .map((row) => this.#rows.replace({ ...row, due: now + lease, attempt: row.attempt + 1 }));
  }

  async complete(id: number): Promise<void> {
    this.#rows.remove(id);
  }

  async fail(id: number, note: string): Promise<void> {
    const row = this.#rows.get(id);
    if (row !== undefined) this.#rows.replace({ ...row, note, due: this.#clock() + backOff(row.attempt) });
  }

  async postpone(id: number, { after, note }: Parameters<Effects['postpone']>[1]): Promise<void> {
    const row = this.#rows.get(id);
    if (row !== undefined) this.#rows.replace({ ...row, note, due: this.#clock() + after });
  }

  async find(key: string): Promise<WaitingEffect | undefined> {
    const row = this.#rows.find(({ effect }) => effect.key === key);
    if (row === undefined) return undefined;
    const { attempt, due, note } = row;
    return { attempt, due, ...(note !== undefined && { note }) };
  }

  async nextDue(): Promise<Instant | undefined> {
    return this.#byDue()[0]?.due;
  }

  #byDue(): EffectRow[] {
    return [...this.#rows.all()].sort((a, b) => a.due - b.due || a.id - b.id);
  }
}
