import type { BundleRow, InterlockingMessage, WholeInterlocking } from '@signalbox/engine';
import { ANN } from './operators.ts';
import { oneOf, type Choice, type Scene } from './scene.ts';

type Made = InterlockingMessage | undefined;

/** A holder's stage fails, or it is given up. */
export function failHolder(_: Scene, { pick, vary }: Choice, rows: WholeInterlocking): Made {
  const found = oneOf(holders(rows), pick);
  if (found === undefined) return undefined;
  const end = vary % 3 === 0 ? 'abandoned' : 'failed';
  return { type: 'LocksReleased', ...attemptOf(found), end };
}

const STATES = ['working', 'draining', 'quarantined', 'awaitingApproval', 'awaitingPostApproval'] as const;

/** A holder drains, is lost, is back, or waits for a person. */
export function changeHolder(_: Scene, { pick, vary }: Choice, rows: WholeInterlocking): Made {
  const found = oneOf(holders(rows), pick);
  if (found === undefined) return undefined;
  // Nobody approves what callers from outside do.
  const states = found.requester.caller === undefined ? STATES : STATES.slice(0, 3);
  const state = oneOf(states, vary) ?? 'working';
  const awaits = state === 'awaitingApproval' || state === 'awaitingPostApproval';
  return { type: 'HolderChanged', ...attemptOf(found), state, ...(awaits && { approvers: ['bea'] }) };
}

/** Somebody acknowledges that a holder failed. */
export function acknowledge(_: Scene, { pick }: Choice, rows: WholeInterlocking): Made {
  const failed = holders(rows).filter(({ holder }) => holder?.state === 'failed');
  const found = oneOf(failed, pick);
  return found && { type: 'AcknowledgeFailure', bundle: found.id, ...ANN };
}

/** An operator takes the locks of a holder that is not at work. */
export function forceRelease(_: Scene, { pick }: Choice, rows: WholeInterlocking): Made {
  const idle = holders(rows).filter(({ holder }) => holder !== undefined);
  const found = oneOf(idle, pick);
  return found && { type: 'ForceRelease', bundle: found.id, ...ANN };
}

function holders(rows: WholeInterlocking): readonly BundleRow[] {
  return [...rows.bundles.values()].filter(({ status }) => status === 'inUse');
}

function attemptOf({ requester: { run, stage, attempt } }: BundleRow) {
  return { run, stage, attempt };
}
