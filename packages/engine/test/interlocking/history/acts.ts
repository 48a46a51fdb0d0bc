import type { InterlockingMessage, WholeInterlocking } from '@signalbox/engine';
import { approve, awaitApproval, person } from './approvals.ts';
import { changeChecks } from './checks.ts';
import { compareCommits } from './commits.ts';
import { acknowledge, changeHolder, failHolder, forceRelease } from './holders.ts';
import { acquireLease, giveBackLease, renewLease, tellCaller } from './leases.ts';
import { changePolicy, deleteLock, freezeLock, reconcile, unfreezeLock } from './locks.ts';
import { forceGrant, holdRequest, moveRequest, unholdRequest, withdrawByHand } from './operators.ts';
import { createRun, endRun, release, requestLocks, retryStage, skipStage, withdraw } from './runs.ts';
import { MINUTE, type Choice, type Scene } from './scene.ts';
import { answerSpan, endSpan, withdrawUnanswered } from './spans.ts';

/** What may happen next: how often it is tried, and the message; none when there is nobody for it. */
interface Doing {
  readonly weight: number;
  readonly make: (scene: Scene, choice: Choice, rows: WholeInterlocking) => InterlockingMessage | undefined;
}

/** Everything that random histories do. A new kind of message gets its row here. */
export const ACTS = {
  /** Only time passes: `History` lets it. First, because what can be left out shrinks to it. */
  wait: { weight: 2, make: () => undefined },
  create: { weight: 4, make: createRun },
  request: { weight: 6, make: requestLocks },
  release: { weight: 4, make: release },
  compare: { weight: 3, make: compareCommits },
  skip: { weight: 1, make: skipStage },
  end: { weight: 1, make: endRun },
  withdraw: { weight: 1, make: withdraw },
  retry: { weight: 1, make: retryStage },
  answerSpan: { weight: 5, make: answerSpan },
  endSpan: { weight: 2, make: endSpan },
  withdrawUnanswered: { weight: 1, make: withdrawUnanswered },
  await: { weight: 2, make: awaitApproval },
  approve: { weight: 2, make: approve },
  checks: { weight: 3, make: changeChecks },
  person: { weight: 2, make: person },
  fail: { weight: 1, make: failHolder },
  holder: { weight: 2, make: changeHolder },
  acknowledge: { weight: 2, make: acknowledge },
  forceRelease: { weight: 1, make: forceRelease },
  lease: { weight: 2, make: acquireLease },
  renew: { weight: 1, make: renewLease },
  giveBack: { weight: 1, make: giveBackLease },
  told: { weight: 1, make: tellCaller },
  hold: { weight: 1, make: holdRequest },
  unhold: { weight: 1, make: unholdRequest },
  move: { weight: 2, make: moveRequest },
  force: { weight: 1, make: forceGrant },
  withdrawByHand: { weight: 1, make: withdrawByHand },
  freeze: { weight: 1, make: freezeLock },
  unfreeze: { weight: 1, make: unfreezeLock },
  configure: { weight: 1, make: changePolicy },
  delete: { weight: 1, make: deleteLock },
  /** Mail comes again, and some of it late. */
  repeat: { weight: 1, make: sentBefore },
  reconcile: { weight: 1, make: reconcile },
  /** The clock of the machine is set, or the machine slept; only in hard histories. */
  jump: { weight: 1, make: jump },
  /** The process dies; whoever tells the history begins anew with the stored rows. Only in hard histories. */
  crash: { weight: 1, make: ({ sent }) => sent.at(-1) },
} as const satisfies Record<string, Doing>;

/** The name of something that histories do. */
export type Act = keyof typeof ACTS;

/** Half of them what was sent last, the others something older. */
function sentBefore({ sent }: Scene, { pick, vary }: Choice): InterlockingMessage | undefined {
  return sent.at(vary % 2 === 0 ? -1 : -1 - pick);
}

function jump(scene: Scene, { vary }: Choice): undefined {
  if (!scene.crowd.punctual) scene.pass(jumpOf(vary));
}

/** Ahead by up to four hours, or back by up to half an hour. */
export function jumpOf(vary: number): number {
  return vary % 3 === 0 ? (vary % 240) * MINUTE : -(vary % 30) * MINUTE;
}
