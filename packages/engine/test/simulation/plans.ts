import type { LockPolicy } from '@signalbox/model';
import { policyOf } from '../interlocking/history/index.ts';
import type { ShortJob, ShortPlan, ShortServerStep, ShortStage } from '../run/short-plan.ts';
import type { Chance } from './chance.ts';

/** The environments of the simulation; the last one has no lock. */
export const ENVIRONMENTS = ['x', 'y', 'z', 'free'] as const;

const NAMES = ['build', 'dev', 'prod'] as const;

/** A plan of one to three stages, in a line or side by side, with or without locks. */
export function anyPlan(chance: Chance): ShortPlan {
  const stages: Record<string, ShortStage> = {};
  const names = NAMES.slice(0, 1 + chance.below(3));
  for (const [index, name] of names.entries()) stages[name] = anyStage(chance, names.slice(0, index));
  return { variables: { count: "$[ counter('n') ]" }, stages };
}

function anyStage(chance: Chance, before: readonly string[]): ShortStage {
  const locks = chance.some(ENVIRONMENTS);
  const condition = chance.pick([undefined, undefined, 'always()', 'succeededOrFailed()', 'failed()']);
  const behavior = chance.pick([undefined, undefined, 'sequential', 'runLatest'] as const);
  // Nobody may ever start it, and what depends on it then stays unstarted (MAN-5).
  const manual = chance.oneIn(8);
  return {
    after: before.length > 0 && !manual && !chance.oneIn(4) ? before.slice(-1) : [],
    manual,
    locks,
    ...(condition !== undefined && { if: condition }),
    ...(behavior !== undefined && { lockBehavior: behavior, ownLock: chance.oneIn(2) }),
    jobs: {
      a: anyJob(chance, locks),
      ...(chance.oneIn(2) && { b: { ...anyJob(chance, locks), ...(chance.oneIn(2) && { after: 'a' }) } }),
    },
  };
}

function anyJob(chance: Chance, environments: readonly string[]): ShortJob {
  const condition = chance.pick([undefined, undefined, 'always()']);
  const server = chance.oneIn(5) ? { server: [anyServerStep(chance), anyServerStep(chance)] } : {};
  const several = anyStrategy(chance, environments);
  return {
    cancelTimeout: 1,
    timeout: 30,
    ...(condition !== undefined && { if: condition }),
    ...several,
    ...server,
  };
}

/** Legs, slices, or the machines of an environment that the stage uses (MTX-1, DEP-7). */
function anyStrategy(chance: Chance, [environment]: readonly string[]): ShortJob {
  const legs = { one: {}, two: {}, three: {} };
  const hooks = ['preDeploy', 'deploy', 'onSuccess', 'onFailure'] as const;
  const drawn: readonly ShortJob[] = [
    {},
    {},
    { matrix: legs, maxParallel: chance.below(3) },
    { parallel: 2 },
    ...(environment === undefined
      ? []
      : [
          { environment, rolling: chance.pick([1, 2, '50%']), hooks },
          { environment, tags: ['t'], hooks },
        ]),
  ];
  return chance.pick(drawn);
}

/** A step on the server; services are asked by checks, whose answers are drawn there. */
function anyServerStep(chance: Chance): ShortServerStep {
  const condition = chance.pick([undefined, undefined, 'always()', 'failed()']);
  const delay = { task: 'Delay@1', inputs: { delayForMinutes: String(chance.below(4)) } };
  const approvers = chance.pick(['ann', 'ann, [Contoso]\\ops', '']);
  const ask = {
    task: 'ManualValidation@1',
    inputs: { approvers, onTimeout: chance.pick(['reject', 'resume']) },
  };
  const timeout = chance.pick([0, 2, 10]);
  const step = chance.oneIn(2) ? delay : ask;
  return { ...step, timeout, ...(condition !== undefined && { if: condition }) };
}

/** A policy whose waiting ends within the simulation's time. */
export function anyPolicy(chance: Chance): LockPolicy {
  const policy = policyOf(chance.below(9999));
  // Nobody is there to acknowledge a failure.
  return { ...policy, waitTimeoutMinutes: chance.pick([5, 60, 43_200]), onFailure: 'release' };
}
