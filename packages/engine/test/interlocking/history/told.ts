import type { InterlockingEvent, InterlockingMessage, Outcome, WholeInterlocking } from '@signalbox/engine';
import type { LockPolicy } from '@signalbox/model';
import fc from 'fast-check';
import { History } from './history.ts';
import { policies } from './policy.ts';
import type { Crowd } from './scene.ts';
import { crowds, hardCrowds, histories, type Step, type Wanted } from './step.ts';

/** A random history: the policies of its locks, who its runs are, what they do. */
export interface Told {
  readonly first: readonly LockPolicy[];
  readonly crowd: Crowd;
  readonly steps: readonly Step[];
}

/** Whom a history is told to. */
export interface Listener {
  readonly rows: WholeInterlocking;
  send(message: InterlockingMessage, now: number): Outcome<InterlockingEvent>;
  /** The process dies and begins anew. */
  crash?(): void;
}

/** Random histories of four locks; hard ones of one to six, in crowds of every kind. */
export function told(how: Wanted): fc.Arbitrary<Told> {
  const steps = histories(how);
  if (!how.hard) return fc.record({ first: policies(4), crowd: crowds(), steps });
  const first = fc.noBias(fc.integer({ min: 1, max: 6 })).chain(policies);
  return fc.record({ first, crowd: hardCrowds(), steps });
}

/** Tells a history; `before` sees each message undecided, `after` what it did. */
export function tell(
  listener: Listener,
  { first, crowd, steps }: Told,
  watch: {
    readonly before?: (message: InterlockingMessage, now: number) => void;
    readonly after?: (message: InterlockingMessage, outcome: Outcome<InterlockingEvent>, now: number) => void;
    readonly atRest?: (now: number) => void;
  },
): History {
  const history = new History(first.length, crowd);
  const send = (message: InterlockingMessage): void => {
    watch.before?.(message, history.now);
    const outcome = listener.send(message, history.now);
    history.remember(message, outcome.mail);
    watch.after?.(message, outcome, history.now);
  };
  history.begin(first).forEach(send);
  for (const step of steps) {
    if (step.act === 'crash') listener.crash?.();
    for (const message of history.messages(step, listener.rows)) send(message);
    watch.atRest?.(history.now);
  }
  return history;
}
