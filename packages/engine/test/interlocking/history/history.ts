import type { InterlockingMessage, Mail, WholeInterlocking } from '@signalbox/engine';
import type { LockPolicy } from '@signalbox/model';
import { timersOf } from '../project.ts';
import { ACTS, jumpOf } from './acts.ts';
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
    yield* this.#pass(this.#timeOf(step));
    const message = ACTS[step.act].make(scene, step, rows);
    if (message === undefined) return;
    // A run is created once: its `Expected` is written with the run itself.
    if (message.type !== 'Expected') scene.sent.push(message);
    yield message;
  }

  /** Timers that ring in time, and what runs are asked. */
  remember(message: InterlockingMessage, mail: readonly Mail[]): void {
    this.#timers.push(...timersOf(mail));
    for (const { body } of mail) {
      if (message.type !== 'LocksRequested' || body.type !== 'SpanWanted') continue;
      this.#scene.wanted.push({ asks: message, until: body.until });
    }
  }

  #timeOf({ act, vary }: Step): number {
    if (act === 'jump' && this.#scene.crowd.punctual) return Math.max(0, jumpOf(vary));
    return act === 'wait' ? (vary % 8) * MINUTE : vary % 3;
  }

  *#pass(milliseconds: number): Generator<InterlockingMessage, void> {
    const scene = this.#scene;
    const until = Math.max(scene.now, scene.clock + milliseconds);
    const late = scene.crowd.punctual ? 0 : (scene.crowd.late ?? 0);
    for (let next = this.#next(); next !== undefined && next.due + late <= until; next = this.#next()) {
      this.#timers.splice(this.#timers.indexOf(next), 1);
      scene.now = Math.max(scene.now, next.due + late);
      yield next.body;
    }
    scene.pass(milliseconds);
  }

  #next(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) if (first === undefined || timer.due < first.due) first = timer;
    return first;
  }
}
