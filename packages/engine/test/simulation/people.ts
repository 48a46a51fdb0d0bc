import type { CheckAct } from '@signalbox/engine';
import type { CheckSettings } from '@signalbox/model';
import type { ShortCheck, ShortChecks } from '../run/short-checks.ts';
import type { Chance } from './chance.ts';
import type { World } from './world.ts';

const PEOPLE = ['ann', 'bob', 'cid'] as const;
const MINUTE = 60_000;

/** Checks of some environments, which end within the simulation's time whoever decides. */
export function anyChecks(chance: Chance, environments: readonly string[]): ShortChecks {
  const checked = environments.filter(() => chance.oneIn(3));
  const one = (): ShortCheck => (chance.oneIn(2) ? anyApproval(chance) : anyOther(chance));
  return Object.fromEntries(checked.map((name) => [name, chance.some([one(), one(), one()])]));
}

function anyApproval(chance: Chance): ShortCheck {
  const asked = ['preCheck', 'preCheck', 'dynamic', 'postCheck', 'postDeployment'] as const;
  return {
    approvers: ['ann', ...chance.some(['bob', '@ops'])],
    minRequiredApprovers: chance.below(2),
    executionOrder: chance.pick(['anyOrder', 'inSequence']),
    requesterCannotBeApprover: chance.oneIn(4),
    asked: chance.pick(asked),
    timeout: chance.pick([3, 60]),
  };
}

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** A service, windows that open for some minutes of every half hour, or a control of branches. */
function anyOther(chance: Chance): ShortCheck {
  const timeout = chance.pick([3, 60, 300]);
  if (chance.oneIn(5)) return { timeout, settings: BRANCH_CONTROL };
  if (chance.oneIn(3)) return { timeout, settings: halfHours(chance.pick([3, 12])) };
  const callback = chance.oneIn(3) ? { callback: true as const } : {};
  return { service: 'gate', every: chance.pick([0, 1, 1, 4]), timeout, ...callback };
}

const BRANCH_CONTROL: CheckSettings = {
  kind: 'branchControl',
  displayName: '',
  allowedBranches: 'refs/heads/main',
  ensureProtection: false,
  allowUnknownStatus: true,
  protectedBranches: '',
};

function halfHours(length: number): CheckSettings {
  const starts = Array.from({ length: 48 }, (_, index) => index * 30);
  const windows = starts.map((start) => ({ days: DAYS, start, end: start + length }));
  return { kind: 'businessHours', displayName: '', timeZone: 'UTC', windows, freezes: [] };
}

/** Somebody does something about an approval that is open, or was; rightly or not. */
export function actOnApprovals(world: World): void {
  const { chance, store } = world;
  const rows = [...store.approvals.values()];
  if (rows.length === 0) return;
  const { run, stage, attempt, check } = chance.pick(rows.slice(-8));
  const name = chance.pick(PEOPLE);
  const by = { name, groups: chance.oneIn(2) ? ['ops'] : [], administrator: name === 'cid' };
  const act = anyAct(chance, world.now);
  world.command({
    to: { kind: 'run', id: run },
    body: { type: 'ActOnCheck', stage, attempt, check, by, act },
  });
}

function anyAct(chance: Chance, now: number): CheckAct {
  const what = chance.below(8);
  if (what === 0) return { what: 'reject', comment: 'no' };
  if (what === 1) return { what: 'reassign', to: { kind: 'user', name: chance.pick(PEOPLE) } };
  if (what === 2) return { what: 'approve', deferredTo: now + chance.below(4) * MINUTE };
  return { what: 'approve' };
}

/**
 * An operator sees to the holders whose agent is lost and that no time frees: a protected stage, whose job may still
 * be at work somewhere, waits for somebody who answers for it (RELIABILITY 5.4). While other jobs of it wait for an
 * agent its holder lives; where all agents are lost so, only the end of the run by force lets go.
 */
export function releaseLost(world: World): void {
  for (const { run, state } of world.store.requests.values()) {
    if (state.phase !== 'quarantined' || state.until !== undefined) continue;
    const body = { type: 'ForceCancel', by: 'cid', reason: 'its machine is gone' } as const;
    world.command({ to: { kind: 'run', id: run }, body });
  }
  const { bundles } = world.store.locks;
  const lost = [...bundles.values()].filter(
    ({ status, holder }) =>
      status === 'inUse' && holder?.state === 'quarantined' && holder.until === undefined,
  );
  for (const { id: bundle } of lost) {
    const body = { type: 'ForceRelease', bundle, by: 'cid', reason: 'its machine is gone' } as const;
    world.command({ to: { kind: 'interlocking', id: 1 }, body });
  }
}
