import type { InterlockingMessage, WholeInterlocking } from '@signalbox/engine';
import type { LockPolicy } from '@signalbox/model';
import { ACTS } from './acts.ts';
import { configure } from './locks.ts';
import { MINUTE, Scene, type Crowd } from './scene.ts';
import type { Step } from './step.ts';

interface Timer {
  readonly body: InterlockingMessage;
  readonly due: number;
}

/** Lets the run-side of a project act at random but sensibly: it turns steps into messages. */
export class History {
  readonly #scene: Scene;
  readonly #timers: Timer[] = [];

  constructor(locks: number, crowd: Crowd) {
    this.#scene = new Scene(locks, crowd);
  }

  get now(): number {
    return this.#scene.now;
  }

  begin(first: readonly LockPolicy[]): readonly InterlockingMessage[] {
    return first.map((policy, index) => configure(this.#scene, { index, policy, enabled: true }));
  }

  /** The messages of a step, timers that became due among them. */
  *messages(step: Step, rows: WholeInterlocking): Generator<InterlockingMessage, void> {
    const scene = this.#scene;
    if (step.act === 'wait') {
      const until = scene.now + (step.vary % 8) * MINUTE;
      yield* this.#ring(until);
      scene.now = until;
      return;
    }
    scene.now += step.vary % 3;
    yield* this.#ring(scene.now);
    const message = ACTS[step.act].make(scene, step, rows);
    if (message === undefined) return;
    if (message.type !== 'Expected') scene.last = message;
    yield message;
  }

  /** Timers that ring in time. */
  remember(timers: readonly Timer[]): void {
    this.#timers.push(...timers);
  }

  *#ring(until: number): Generator<InterlockingMessage, void> {
    for (;;) {
      const [next] = this.#timers.toSorted((a, b) => a.due - b.due);
      if (next === undefined || next.due > until) return;
      this.#timers.splice(this.#timers.indexOf(next), 1);
      this.#scene.now = Math.max(this.#scene.now, next.due);
      yield next.body;
    }
  }
}
