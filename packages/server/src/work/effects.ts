import type { Effect } from '@signalbox/engine';
import type { Store, TakenEffect } from '@signalbox/store';
import type { WorkObserver } from './observer.ts';

const BATCH = 32;
// Longer than any effect takes; afterwards another replica may take it over.
const LEASE_MS = 30_000;

/** Carries out effects that are due, each at least once; true when there may be more. */
export async function runEffects(store: Store, observer: WorkObserver): Promise<boolean> {
  const taken = await store.effects.take({ limit: BATCH, lease: LEASE_MS });
  for (const one of taken) await carryOut(store, one, observer);
  return taken.length === BATCH;
}

async function carryOut(store: Store, { id, effect }: TakenEffect, observer: WorkObserver): Promise<void> {
  try {
    await perform(store, effect);
    await store.effects.complete(id);
    observer.effect?.('done');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await store.effects.fail(id, reason);
    observer.effect?.('failed', reason);
  }
}

/** A line in the environment's history; the key makes a second execution harmless (DEP-11). */
async function perform(store: Store, effect: Effect): Promise<void> {
  const environment = await store.environments.find(effect.project, effect.environment);
  // Deleted meanwhile: there is no history to write to.
  if (environment === undefined) return;
  const { run, stage, stageAttempt, job, queueTime, startTime, finishTime, result } = effect;
  await store.environments.recordDeployment(effect.key, {
    environment: environment.id,
    run,
    stage,
    stageAttempt,
    job,
    queueTime,
    finishTime,
    result,
    ...(startTime !== undefined && { startTime }),
  });
}
