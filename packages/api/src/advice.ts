import type { Blocker, BlockerKind } from '@signalbox/model';

/**
 * What the reader can do about a blocker, in one sentence; beside `reasonText`, which says what it is. Where nothing
 * need be done it says so.
 */
export function adviceText({ kind }: Blocker): string {
  return ADVICE[kind];
}

const ADVICE: Readonly<Record<BlockerKind, string>> = {
  heldBy: 'Wait until it is over, cancel the run that holds it, or give the lock a larger capacity.',
  behind: 'Wait for those ahead; an operator can move the request, or withdraw theirs.',
  olderRunExpected: 'Let the older run come so far, cancel it, or order the lock by arrival.',
  notGrantedTogether: 'Nothing is to be done here: see the reasons of the other lock.',
  comparingCommits:
    'Nothing is to be done here: the server asks git, and goes on without an answer after a few tries.',
  checksPending: 'See the checks of the resource; the request takes its turn when they pass.',
  quarantined: 'Wait until then; an operator can release it by force, and answers for what may still act.',
  keptForFailure: 'Look at the failed stage, then acknowledge it; the lock goes on to the next.',
  awaitingApproval:
    'Ask those who may approve it; a rejection or a cancel of that run frees the lock at once.',
  frozen: 'Wait for the end of the freeze, ask who froze it, or run from a branch that it exempts.',
  onHold: 'Ask who holds it to let it go.',
};
