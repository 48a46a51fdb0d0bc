import type { InterlockingMessage } from '@signalbox/engine';
import { MINUTE } from './case.ts';
import { resourceOf, type Cast } from './cast.ts';
import type { Verb } from './verb.ts';

/** What runs say. */
export const requestVerbs = {
  expects(cast, subject, rest) {
    const { run, stage, definition, branch, runQueueTime } = cast.requester(subject);
    const stages = [{ stage, resources: resourcesOf(rest) }];
    return { type: 'Expected', run, definition, branch, runQueueTime, stages };
  },
  'awaits a person': (cast, subject) => ({ type: 'PersonAwaited', ...stagesOf(cast, subject) }),
  'hears from a person': (cast, subject) => ({ type: 'PersonAnswered', ...stagesOf(cast, subject) }),
  requests: (cast, subject, rest) => requested(cast, subject, rest),
  'requests by hand': (cast, subject, rest) => ({ ...requested(cast, subject, rest), byHand: true }),
  releases: (cast, subject) => ({ type: 'LocksReleased', ...attemptOf(cast, subject) }),
  deploys: (cast, subject) => ({ type: 'LocksReleased', ...attemptOf(cast, subject), deployed: true }),
  fails: (cast, subject) => ({ type: 'LocksReleased', ...attemptOf(cast, subject), end: 'failed' }),
  'is abandoned': (cast, subject) => ({
    type: 'LocksReleased',
    ...attemptOf(cast, subject),
    end: 'abandoned',
  }),
  'says what it can reach': (cast, subject) => cast.unsaid.get(cast.requester(subject).run)?.(),
  'ends its span': (cast, subject) => ({ type: 'SpanOver', ...attemptOf(cast, subject) }),
  withdraws: (cast, subject) => ({ type: 'LocksWithdrawn', ...attemptOf(cast, subject) }),
  'is back': (cast, subject) => ({ type: 'HolderChanged', ...attemptOf(cast, subject), state: 'working' }),
  'is lost': (cast, subject, rest) => ({
    type: 'HolderChanged',
    ...attemptOf(cast, subject),
    state: 'quarantined',
    ...untilOf(rest),
  }),
  drains: (cast, subject, rest) => ({
    type: 'HolderChanged',
    ...attemptOf(cast, subject),
    state: 'draining',
    ...untilOf(rest),
  }),
  'will not ask'(cast, subject) {
    const { run, stage } = cast.requester(subject);
    return { type: 'NotExpected', run, stage };
  },
  'is over': (cast, subject) => ({ type: 'NotExpected', run: cast.requester(subject).run }),
  'is reconciled': (cast, subject) => ({ type: 'Reconcile', locks: [cast.lockId(subject)] }),
  'is released'(cast, subject) {
    const id = cast.lockId(subject);
    const holder = [...cast.rows.bundles.values()].find(
      ({ status, requests }) => status === 'inUse' && requests.some(({ lock }) => lock === id),
    );
    if (holder === undefined) return undefined;
    const { run, stage, attempt } = holder.requester;
    return { type: 'LocksReleased', run, stage, attempt };
  },
} as const satisfies Record<string, Verb>;

/** A stage asks: `prod, db` · `own` (the lock of the stage itself) · `nothing`, and then `checked until 30`. */
export function requested(
  cast: Cast,
  subject: string,
  rest: string,
): Extract<InterlockingMessage, { type: 'LocksRequested' }> {
  const requester = cast.requester(subject);
  const behavior = cast.behaviorOf(requester);
  const [, names = '', checks] = /^(.*?)(?: (checked .*))?$/.exec(rest) ?? [];
  return {
    type: 'LocksRequested',
    requester,
    ownLock: names.split(/, */).includes('own'),
    resources: resourcesOf(names),
    pipeline: cast.pipelineOf(requester),
    ...(checks !== undefined && { checks: timesOf(checks) }),
    ...(behavior !== undefined && { behavior }),
  };
}

export function resourcesOf(rest: string): readonly ReturnType<typeof resourceOf>[] {
  const names = rest.split(/, */).filter((name) => name !== '' && name !== 'own' && name !== 'nothing');
  return names.map(resourceOf);
}

/** The stage attempt that a line is about. */
export function attemptOf(cast: Cast, subject: string): { run: number; stage: string; attempt: number } {
  const { run, stage, attempt } = cast.requester(subject);
  return { run, stage, attempt };
}

function stagesOf(cast: Cast, subject: string): { run: number; stages: readonly string[] } {
  const { run, stage } = cast.requester(subject);
  return { run, stages: [stage] };
}

/** `until 30`: in minutes. */
function untilOf(rest: string): { until?: number } {
  const [, until] = /until (\d+)/.exec(rest) ?? [];
  return until === undefined ? {} : { until: Number(until) * MINUTE };
}

/** `from 5 until 30`, each of them or both. */
export function timesOf(rest: string): { from?: number; until?: number } {
  const [, from] = /from (\d+)/.exec(rest) ?? [];
  return { ...(from !== undefined && { from: Number(from) * MINUTE }), ...untilOf(rest) };
}
