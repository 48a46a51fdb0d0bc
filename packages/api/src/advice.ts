import type { Blocker } from '@signalbox/model';

/**
 * What the reader can do about a blocker, in one sentence; beside `reasonText`, which says what it is. Where nothing
 * need be done it says so.
 */
export function adviceText(blocker: Blocker): string {
  switch (blocker.kind) {
    case 'heldBy':
      return 'Wait until it is over, cancel the run that holds it, or give the lock a larger capacity.';
    case 'behind':
      return 'Wait for those ahead; an operator can move the request, or withdraw theirs.';
    case 'olderRunExpected':
      return 'Let the older run come so far, cancel it, or order the lock by arrival.';
    case 'notGrantedTogether':
      return 'Nothing is to be done here: see the reasons of the other lock.';
    case 'checksPending':
      return 'See the checks of the resource; the request takes its turn when they pass.';
    case 'quarantined':
      return 'Wait until then; an operator can release it by force, and answers for what may still act.';
    case 'keptForFailure':
      return 'Look at the failed stage, then acknowledge it; the lock goes on to the next.';
    case 'frozen':
      return 'Wait for the end of the freeze, ask who froze it, or run from a branch that it exempts.';
    case 'onHold':
      return 'Ask who holds it to let it go.';
  }
}
