import { waitsForPermission, type CheckAnswer, type InvokeCheckEffect } from '@signalbox/engine';
import { ENVIRONMENTS } from './plans.ts';
import type { World } from './world.ts';

const MINUTE = 60_000;

/** A service answers something it was asked, perhaps long ago, perhaps a second time, perhaps another evaluation. */
export function answerAnyhow(world: World): void {
  const { chance, evaluations } = world;
  if (evaluations.length === 0) return;
  const index = chance.below(evaluations.length);
  const effect = evaluations[index];
  if (effect === undefined) return;
  const answer = chance.pick(['passed', 'passed', 'failed', 'accepted'] as const);
  const off = chance.oneIn(8) ? chance.below(3) - 1 : 0;
  tell(world, effect, {
    answer,
    evaluation: effect.evaluation + off,
    message: chance.pick(['', 'so it is']),
  });
  // What it only took on, or mistook for another question, it still has to answer.
  const isAnswered = answer !== 'accepted' && off === 0;
  if (isAnswered && !chance.oneIn(4)) evaluations.splice(index, 1);
}

/** Every service answers what it was asked. */
export function answerAll(world: World): void {
  for (const effect of world.evaluations.splice(0)) {
    tell(world, effect, { answer: 'passed', evaluation: effect.evaluation, message: '' });
  }
}

/** Git says how the commits of two runs stand to each other. */
export function compareAll(world: World): void {
  for (const { project: id, bundle, base } of world.comparisons.splice(0)) {
    const relation = world.chance.pick(['same', 'newer', 'unknown'] as const);
    world.command({
      to: { kind: 'interlocking', id },
      body: { type: 'RunsCompared', bundle, base, relation },
    });
  }
}

/** An effect may be carried out again, so an answer that was lost comes again. */
function tell(
  world: World,
  { run: id, stage, attempt, check }: InvokeCheckEffect,
  answer: CheckAnswer,
): void {
  const body = { type: 'CheckAnswered', stage, attempt, check, ...answer } as const;
  const reply = world.command({ to: { kind: 'run', id }, body });
  if (reply === undefined)
    world.evaluations.push({ ...lost, run: id, stage, attempt, check, evaluation: answer.evaluation });
}

const lost = { key: 'again', kind: 'invokeCheck', project: 1 } as const;

/** An operator does something about a check, rightly or not. */
export function operateAnyhow(world: World): void {
  const { chance, store, now } = world;
  const runs = [...store.runs.values()].slice(-6);
  if (runs.length === 0) return;
  const { written } = chance.pick(runs);
  const waiting = written.stages.filter(({ checkpoint }) => checkpoint !== undefined);
  if (waiting.length === 0) return;
  const { name: stage, attempt, checkpoint } = chance.pick(waiting);
  const check = 1 + chance.below((checkpoint?.checks.length ?? 1) + 1);
  const by = { name: 'cid', groups: [], administrator: chance.oneIn(2) };
  const what = chance.pick(['bypass', 'rerun', 'rerun', 'defer'] as const);
  const act = { what, by, reason: '', until: now + chance.below(6) * MINUTE };
  world.command({
    to: { kind: 'run', id: written.id },
    body: { type: 'OperateCheck', stage, attempt, check, ...act },
  });
}

/** Somebody permits or forbids an environment; the runs that wait for it may hear of it, or not. */
export function permitAnyhow(world: World): void {
  const id = world.chance.pick(ENVIRONMENTS);
  const { forbidden } = world.store;
  if (!forbidden.delete(id) && world.chance.oneIn(2)) forbidden.add(id);
  if (!world.chance.oneIn(3)) tellOfPermission(world, id);
}

/** Everything may be used from now on, and nobody tells the runs: they look for themselves. */
export function permitAll(world: World): void {
  world.store.forbidden.clear();
}

function tellOfPermission(world: World, id: string): void {
  const resource = { type: 'environment', id } as const;
  for (const { written } of world.store.runs.values()) {
    if (!waitsForPermission(written, resource)) continue;
    world.command({ to: { kind: 'run', id: written.id }, body: { type: 'PermissionChanged', resource } });
  }
}
