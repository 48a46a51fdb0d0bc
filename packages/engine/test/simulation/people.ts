import type { CheckAct } from '@signalbox/engine';
import type { ShortCheck, ShortChecks } from '../run/short-checks.ts';
import type { Chance } from './chance.ts';
import type { World } from './world.ts';

const PEOPLE = ['ann', 'bob', 'cid'] as const;
const MINUTE = 60_000;

/** Approvals of some environments, which end within the simulation's time whoever decides. */
export function anyChecks(chance: Chance, environments: readonly string[]): ShortChecks {
  const asked = ['preCheck', 'preCheck', 'dynamic', 'postCheck', 'postDeployment'] as const;
  const one = (): ShortCheck => ({
    approvers: ['ann', ...chance.some(['bob', '@ops'])],
    minRequiredApprovers: chance.below(2),
    executionOrder: chance.pick(['anyOrder', 'inSequence']),
    requesterCannotBeApprover: chance.oneIn(4),
    asked: chance.pick(asked),
    timeout: chance.pick([3, 60]),
  });
  const checked = environments.filter(() => chance.oneIn(3));
  return Object.fromEntries(checked.map((name) => [name, chance.oneIn(3) ? [one(), one()] : [one()]]));
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
 * be at work somewhere, waits for somebody who answers for it (RELIABILITY 5.4).
 */
export function releaseLost(world: World): void {
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
