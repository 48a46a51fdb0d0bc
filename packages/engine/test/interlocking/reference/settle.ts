import { isBarred } from './barred.ts';
import { passOver } from './checks.ts';
import { lapse } from './expect.ts';
import { thaw } from './freeze.ts';
import { leasesOver } from './lease.ts';
import { byRun, queueOf } from './order.ts';
import { gather, passThrough } from './span.ts';
import type { Asked, State } from './state.ts';
import { isOpen, isRejected } from './stale.ts';
import { supersede } from './supersede.ts';
import { mayHave } from './turn.ts';

/** Does the first thing that is due, again and again, until nothing is. */
export function settle(s: State, now: number): void {
  lapse(s, now);
  thaw(s, now);
  for (;;) {
    const overdue = s.waiting().filter((bundle) => limitOf(bundle) <= now);
    for (const bundle of overdue) bundle.status = 'timedOut';
    leasesOver(s, now);
    passThrough(s);
    passOver(s);
    const through = s
      .waiting()
      .filter((bundle) => !bundle.eligible)
      .toSorted(byRun)
      .find((bundle) => !isBarred(s, bundle));
    if (through !== undefined) {
      through.eligible = true;
      continue;
    }
    if (supersede(s)) continue;
    const queue = queueOf(s);
    const next = queue.find((bundle) => mayHave(s, bundle, queue) && !isOpen(bundle));
    if (next === undefined) return;
    if (isRejected(next)) Object.assign(next, { status: 'canceled', rejected: true });
    else {
      grant(next, now);
      gather(s, next);
    }
  }
}

function grant(bundle: Asked, now: number): void {
  bundle.status = 'holding';
  bundle.granted = now;
  if (bundle.lease?.isTold) bundle.lease.until = now + bundle.lease.seconds * 1000;
  for (const lock of bundle.locks) {
    lock.lastToken += 1;
    bundle.tokens[lock.key] = lock.lastToken;
  }
}

/** `waitTimeout`: the strictest of its locks counts. */
function limitOf(bundle: Asked): number {
  return bundle.since + Math.min(...bundle.locks.map(({ policy }) => policy.waitTimeoutMinutes)) * 60_000;
}
