import type {
  DeploymentRecordEffect,
  InvokeCheckEffect,
  TellCallerEffect,
  WatchCallerEffect,
} from '@signalbox/engine';
import type { Millis } from '@signalbox/model';
import type { Store, TakenEffect } from '@signalbox/store';
import { EFFECT_LEASE_MS } from '../limits.ts';
import { answerComparison, type CompareRuns } from './compare-runs.ts';
import type { WorkObserver } from './observer.ts';

const BATCH = 32;
/** Calls to the outside at one time: a target that does not answer keeps nobody else waiting (INV-34). */
const UNDER_WAY = 256;

/** How far an effect has come: done, failed so that the next try comes after a back-off, or to go on later. */
export type Progress =
  | 'done'
  | { readonly again: 'backOff'; readonly note: string }
  | { readonly again: 'after'; readonly after: Millis; readonly note: string };

/** Effects that leave the process. Their answers come back as mail, written before they count as done. */
export interface OutsideWork {
  tellCaller(effect: TellCallerEffect, taken: TakenEffect): Promise<Progress>;
  watchCaller(effect: WatchCallerEffect, taken: TakenEffect): Promise<Progress>;
  invokeCheck(effect: InvokeCheckEffect, taken: TakenEffect): Promise<Progress>;
}

/** Carries out effects that are due, each at least once. */
export interface EffectRunner {
  /** Starts what is due; true when there may be more. Calls to the outside are not waited for. */
  round(): Promise<boolean>;
  /** Resolves when no call to the outside is under way. */
  idle(): Promise<void>;
}

/** What a runner needs. Without `outside` those effects wait for a process that has it. */
export interface EffectRunnerOptions {
  readonly store: Store;
  readonly observer: WorkObserver;
  readonly outside: OutsideWork | undefined;
  /** Without it no commit is ever known to be older than another. */
  readonly compareRuns: CompareRuns | undefined;
  /** A call to the outside is over, and may be due again. */
  readonly ended: () => void;
}

/** Makes a runner. */
export function createEffectRunner(options: EffectRunnerOptions): EffectRunner {
  const { store, ended } = options;
  const underWay = new Set<Promise<void>>();
  const start = (one: TakenEffect): void => {
    const work = carryOut(options, one)
      // The database does not serve: the effect comes back by itself when its lease is over.
      .catch((error: unknown) => options.observer.failed?.('effects', error))
      .finally(() => {
        underWay.delete(work);
        ended();
      });
    underWay.add(work);
  };
  return {
    async round() {
      const limit = Math.min(BATCH, UNDER_WAY - underWay.size);
      // `ended` wakes whoever asks when there is room again.
      if (limit <= 0) return false;
      const taken = await store.effects.take({ limit, lease: EFFECT_LEASE_MS });
      for (const one of taken) {
        // Lines of a history are written in their order.
        if (one.effect.kind === 'deploymentRecord') await carryOut(options, one);
        else start(one);
      }
      return taken.length === limit;
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

async function carryOut(options: EffectRunnerOptions, one: TakenEffect): Promise<void> {
  const { store, observer } = options;
  try {
    const progress = await perform(options, one);
    if (progress === 'done') {
      await store.effects.complete(one.id);
      observer.effect?.('done');
    } else if (progress.again === 'after') await store.effects.postpone(one.id, progress);
    else await store.effects.fail(one.id, progress.note);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await store.effects.fail(one.id, reason);
    observer.effect?.('failed', reason);
  }
}

async function perform(options: EffectRunnerOptions, taken: TakenEffect): Promise<Progress> {
  const { store, outside, compareRuns } = options;
  const { effect } = taken;
  if (effect.kind === 'deploymentRecord') return recordDeployment(store, effect);
  if (effect.kind === 'compareRuns') return answerComparison({ store, compareRuns }, effect, taken.attempt);
  if (outside === undefined) return { again: 'backOff', note: 'This process makes no calls to the outside.' };
  if (effect.kind === 'invokeCheck') return outside.invokeCheck(effect, taken);
  return effect.kind === 'tellCaller'
    ? outside.tellCaller(effect, taken)
    : outside.watchCaller(effect, taken);
}

/** A line in the environment's history; the key makes a second execution harmless (DEP-11). */
async function recordDeployment(store: Store, effect: DeploymentRecordEffect): Promise<Progress> {
  const environment = await store.environments.find(effect.project, effect.environment);
  // Deleted meanwhile: there is no history to write to.
  if (environment === undefined) return 'done';
  const { run, stage, stageAttempt, job, resource, queueTime, startTime, finishTime, result } = effect;
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
    ...(resource !== undefined && { resource }),
  });
  return 'done';
}
