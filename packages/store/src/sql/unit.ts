import type { Address, Birth } from '@signalbox/engine';
import { fold, type Instant, type Plan, type RunId } from '@signalbox/model';
import type { PlanCache } from '../plan-cache.ts';
import type { Engine } from '../port/engine.ts';
import {
  copyOf,
  decide,
  type Answer,
  type AnyEvent,
  type Decision,
  type Letter,
  type Need,
} from '../unit/decide.ts';
import { appendJournal, insertEffect, saveHead } from './hot/journal.ts';
import { insertPlan, insertRun, runDoc, runPlan } from './hot/run.ts';
import { documents, loadInterlocking } from './load-interlocking.ts';
import { loadPool } from './load-pool.ts';
import { loadTrigger } from './load-trigger.ts';
import type { Dialect } from './migrations/dialect.ts';
import { all, call, first, together, type Call, type Work } from './work.ts';
import { runColumns, writesOf } from './write-changes.ts';

/** What every unit of work of a store shares. */
export interface Workshop {
  readonly engine: Engine;
  readonly database: Dialect['engine'];
  readonly plans: PlanCache;
}

/** Where an aggregate's journal ends. */
export interface Head {
  readonly version: number;
  readonly lastTime: Instant;
}

/** A decision that is written, and the aggregate's new head. */
export interface Done {
  readonly decision: Decision;
  readonly head: Head;
  /** When it happened: never before the journal's last time, whatever the clock says. */
  readonly now: Instant;
}

/** Everything a batch of letters does to one aggregate but its mail, which the driver carries on. */
export function* unit(
  shop: Workshop,
  address: Address,
  batch: { readonly letters: readonly Letter[]; readonly head: Head; readonly clock: Instant },
): Work<Done> {
  const { letters, head } = batch;
  const now = Math.max(batch.clock, head.lastTime);
  const deciding = decide(copyOf(shop.engine, address), letters, now);
  let step = deciding.next();
  while (!step.done) step = deciding.next(yield* load(shop, address, step.value));
  const decision = step.value;
  const version = head.version + decision.events.length;
  const grown = decision.events.length > 0 ? { version, lastTime: now } : head;
  yield* together([
    ...writesOf(address, decision.changes),
    ...journalWrites(address, decision.events, { from: head.version + 1, at: now }),
    ...(grown === head ? [] : [call(saveHead, address.kind, address.id, grown.version, grown.lastTime)]),
    ...decision.births.flatMap((birth) => birthWrites(shop.engine, birth, now)),
    ...decision.effects.map((effect) => call(insertEffect, effect.key, JSON.stringify(effect))),
  ]);
  for (const birth of decision.births) shop.plans.set(birth.identity.id, birth.plan);
  return { decision, head: grown, now };
}

function load(shop: Workshop, address: Address, needs: readonly Need[]): Work<readonly Answer[]> {
  switch (address.kind) {
    case 'run':
      return loadRun(shop, address.id);
    case 'interlocking':
      return loadInterlocking(address.id, needs as Parameters<typeof loadInterlocking>[1]);
    case 'pool':
      return loadPool(address.id, needs as Parameters<typeof loadPool>[1]);
    case 'trigger':
      return loadTrigger(shop.database, address.id, needs as Parameters<typeof loadTrigger>[2]);
  }
}

function* loadRun(shop: Workshop, id: RunId): Work<readonly Answer[]> {
  const [state] = documents<NonNullable<Extract<Answer, { of: { need: 'run' } }>['state']>>(
    yield* all(runDoc, id),
  );
  const plan = state === undefined ? undefined : yield* loadPlan(shop.plans, id);
  if (state === undefined || plan === undefined) return [{ of: { need: 'run' } }];
  return [{ of: { need: 'run' }, state, plan }];
}

/** A run's plan, parsed at most once while the cache holds it. */
export function* loadPlan(plans: PlanCache, id: RunId): Work<Plan | undefined> {
  const known = plans.get(id);
  if (known !== undefined) return known;
  const row = yield* first(runPlan, id);
  if (row === undefined) return undefined;
  const plan = JSON.parse(row[0]) as Plan;
  plans.set(id, plan);
  return plan;
}

function journalWrites(
  address: Address,
  events: readonly AnyEvent[],
  start: { readonly from: number; readonly at: Instant },
): Call[] {
  return events.map((event, index) =>
    call(appendJournal, address.kind, address.id, start.from + index, start.at, JSON.stringify(event)),
  );
}

/** A run's rows and the first entry of its journal; the plan is kept once, apart from both. */
function birthWrites(engine: Engine, birth: Birth, now: Instant): Call[] {
  const { identity } = birth;
  const state = engine.born(birth);
  const event = JSON.stringify({ type: 'RunCreated', identity });
  return [
    call(
      insertRun,
      identity.id,
      ...runColumns(state),
      identity.project,
      identity.definition.id,
      fold(identity.number),
      identity.reason,
      identity.branch,
      fold(identity.requestedFor),
      identity.queueTime,
    ),
    call(insertPlan, identity.id, JSON.stringify(birth.plan)),
    call(appendJournal, 'run', identity.id, 1, now, event),
    call(saveHead, 'run', identity.id, 1, now),
  ];
}
