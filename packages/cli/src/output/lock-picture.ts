import { spanNote, type LockRequestView, type LockView, type OperatorMarkView } from '@signalbox/api';
import { ago, span } from './age.ts';

/** A lock with its holders and its queue, a line each; below each line what operators did and why it waits. */
export function lockPicture(lock: LockView, now: number): string {
  const lines = [
    `${lock.name} (${lock.resourceType}) · ${policyWords(lock)}${lock.enabled ? '' : ' · disabled'}`,
  ];
  lines.push(...freezeLines(lock, now));
  for (const holder of lock.holders) {
    lines.push(
      `  ▶ ${whoAsks(holder)} · since ${ago(holder.assignTime, now)} · token ${holder.token ?? '?'}`,
    );
    if (holder.span !== undefined) lines.push(`       ${spanNote(holder.span)}`);
    lines.push(...marks(holder).map((mark) => `       ${mark}`));
  }
  if (lock.holders.length === 0) lines.push('  free');
  for (const waiter of lock.waiters) {
    const gives =
      waiter.expiresAt === undefined ? '' : ` · gives up in ${span(Date.parse(waiter.expiresAt) - now)}`;
    lines.push(
      `  ${String(waiter.position ?? '·').padStart(2)} ${whoAsks(waiter)} · waits ${span(now - Date.parse(waiter.queueTime))}${gives}`,
    );
    lines.push(...marks(waiter).map((mark) => `       ${mark}`));
    lines.push(...waiter.reasons.map((reason) => `       ${reason}`));
  }
  if (lock.waitersTotal > lock.waiters.length)
    lines.push(`     … and ${lock.waitersTotal - lock.waiters.length} more`);
  for (const expected of lock.expected) {
    lines.push(
      `   · run ${expected.runId} ${expected.definitionName} ${expected.runNumber} · may still arrive with ${expected.stage}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** A stage of a run, or somebody from outside of runs. */
function whoAsks({ caller, runId, definitionName, runNumber, nodeName }: LockRequestView): string {
  if (caller !== undefined) return `${caller} from outside · request ${nodeName}`;
  return `run ${runId} ${definitionName} ${runNumber} · ${nodeName}`;
}

function policyWords(lock: LockView): string {
  const { capacity, behavior, orderBy } = lock.policy;
  const many = capacity === 1 ? 'one at a time' : `${capacity} at a time`;
  return `${many} · ${behavior} · in order of ${orderBy === 'arrival' ? 'arrival' : 'run queue time'}`;
}

function freezeLines({ freeze }: LockView, now: number): readonly string[] {
  if (freeze === undefined) return [];
  const { by, since, until, exempt, reason } = freeze;
  const end = until === undefined ? 'until somebody ends it' : `until ${until}`;
  const but = exempt.length === 0 ? '' : ` · but not for ${exempt.join(', ')}`;
  return [`  frozen by ${by} ${ago(since, now)} · ${end}${but} · ${reason}`];
}

/** What operators did to a request, and why a holder that is not at work still holds; a sentence each. */
export function marks({ moved, forced, withdrawn, holder }: LockRequestView): readonly string[] {
  const held = holder === undefined ? [] : [holderWords(holder)];
  return [...held, ...mark('Moved', moved), ...mark('Forced', forced), ...mark('Withdrawn', withdrawn)];
}

type Holder = NonNullable<LockRequestView['holder']>;

function holderWords({ state, until, approvers = [] }: Holder): string {
  const words = HOLDERS[state].replace(
    'approval',
    approvers.length === 0 ? 'approval' : `approval by ${approvers.join(', ')}`,
  );
  return until === undefined || !SILENCE.includes(state) ? words : `${words} That is so at ${until}.`;
}

/** States that end when processes can act no more, which a clock may say (LAW-8). */
const SILENCE: readonly Holder['state'][] = ['draining', 'quarantined'];

const HOLDERS: Readonly<Record<Holder['state'], string>> = {
  draining: 'Its stage is over; the lock stays until its agents are surely silent.',
  quarantined: 'It is not heard of any more; the lock stays until nothing of it can act any more.',
  failed: 'Its stage failed; the lock is kept until somebody acknowledges it.',
  awaitingApproval: 'It waits for approval before it may begin.',
  awaitingPostApproval: 'It waits for approval of what it has done.',
};

// A hold is among the reasons why a request waits, so it is not said again here.
function mark(word: string, made: OperatorMarkView | undefined): readonly string[] {
  return made === undefined ? [] : [`${word} by ${made.by}: ${made.reason}`];
}
