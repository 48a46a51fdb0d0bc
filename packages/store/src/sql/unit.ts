import type { Address, Birth } from '@signalbox/engine';
import { fold, type Instant } from '@signalbox/model';
import type { PlanCache } from '../plan-cache.ts';
import type { Engine } from '../port/engine.ts';
import {
  copyOf,
  decide,
  type Answer,
  type Decision,
  type Letter,
  type Need,
  type Recorded,
} from '../unit/decide.ts';
import { appendJournal, insertEffect, saveHead } from './hot/journal.ts';
import { insertPlan, insertRun } from './hot/run.ts';
import { loadInterlocking } from './load-interlocking.ts';
import { loadPool } from './load-pool.ts';
import { loadRun } from './load-run.ts';
import { loadTrigger } from './load-trigger.ts';
import type { Behind, JournalColumns } from './behind.ts';
import type { Dialect } from './migrations/dialect.ts';
import { takeSlotGate } from './needs/elsewhere.ts';
import { call, run, together, type Call, type Work } from './work.ts';
import { runColumns, writesOf } from './write-changes.ts';

/** What every unit of work of a store shares. */
export interface Workshop {
  readonly engine: Engine;
  readonly database: Dialect['engine'];
  readonly plans: PlanCache;
  /** Only where there is one writer. */
  readonly behind?: Behind;
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
  const deciding = decide(copyOf(shop.engine, address), { address, letters }, now);
  let step = deciding.next();
  while (!step.done) step = deciding.next(yield* answers(shop, address, step.value));
  const decision = step.value;
  const version = head.version + decision.events.length;
  const grown = decision.events.length > 0 ? { version, lastTime: now } : head;
  const entries = [
    ...entriesOf(address, decision.events, { from: head.version + 1, at: now }),
    ...decision.births.map((birth) => birthEntry(birth, now)),
  ];
  yield* together([
    ...writesOf(address, shop.behind?.keep(address, decision.changes) ?? decision.changes),
    ...decision.births.flatMap((birth) => birthWrites(shop.engine, birth)),
    ...journalWrites(shop, entries),
    ...headWrites(shop, address, grown === head ? undefined : grown),
    ...decision.births.flatMap(({ identity: { id } }) =>
      headWrites(shop, { kind: 'run', id }, { version: 1, lastTime: now }),
    ),
    ...decision.effects.map((effect) => call(insertEffect, effect.key, JSON.stringify(effect))),
  ]);
  for (const birth of decision.births) shop.plans.set(birth.identity.id, birth.plan);
  return { decision, head: grown, now };
}

/** What is remembered needs no loading; what is loaded is remembered. */
function* answers(shop: Workshop, address: Address, needs: readonly Need[]): Work<readonly Answer[]> {
  const { behind } = shop;
  if (behind === undefined) return yield* load(shop, address, needs);
  const known = needs.map((need) => behind.answer(address, need));
  const missing = needs.filter((_, index) => known[index] === undefined);
  const loaded = missing.length === 0 ? [] : yield* load(shop, address, missing);
  for (const answer of loaded) behind.learn(address, answer);
  const newest = loaded.map((answer) => behind.amend(answer));
  return [...known.filter((answer) => answer !== undefined), ...newest];
}

function load(shop: Workshop, address: Address, needs: readonly Need[]): Work<readonly Answer[]> {
  switch (address.kind) {
    case 'run':
      return loadRun(shop.plans, address.id, needs as Parameters<typeof loadRun>[2]);
    case 'interlocking':
      return loadInterlocking(address.id, needs as Parameters<typeof loadInterlocking>[1]);
    case 'pool':
      return loadPoolAlone(address.id, needs as Parameters<typeof loadPool>[1]);
    case 'trigger':
      return loadTrigger(shop.database, address.id, needs as Parameters<typeof loadTrigger>[2]);
  }
}

/** Before it looks at the other pools it makes sure that none of them decides about what they share. */
function* loadPoolAlone(...[pool, needs]: Parameters<typeof loadPool>): ReturnType<typeof loadPool> {
  if (needs.some(({ need }) => need === 'elsewhere')) yield* run(takeSlotGate);
  return yield* loadPool(pool, needs);
}

function entriesOf(
  { kind, id }: Address,
  events: readonly Recorded[],
  start: { readonly from: number; readonly at: Instant },
): JournalColumns[] {
  return events.map(({ event, cause }, index) => [
    kind,
    id,
    start.from + index,
    start.at,
    JSON.stringify(event),
    cause === undefined ? null : JSON.stringify(cause),
  ]);
}

/** The first entry of a run's journal; the plan is kept once, apart from it. */
function birthEntry({ identity }: Birth, now: Instant): JournalColumns {
  return ['run', identity.id, 1, now, JSON.stringify({ type: 'RunCreated', identity }), null];
}

function journalWrites({ behind }: Workshop, entries: readonly JournalColumns[]): Call[] {
  if (behind === undefined) return entries.map((entry) => call(appendJournal, ...entry));
  for (const entry of entries) behind.append(entry);
  return [];
}

/** Where many write, the aggregate's row holds the end of its journal: it is the row that they lock. */
function headWrites({ database }: Workshop, { kind, id }: Address, head: Head | undefined): Call[] {
  if (database === 'sqlite' || head === undefined) return [];
  return [call(saveHead, kind, id, head.version, head.lastTime)];
}

/** A run's rows. */
function birthWrites(engine: Engine, birth: Birth): Call[] {
  const { identity } = birth;
  return [
    call(
      insertRun,
      identity.id,
      ...runColumns(engine.born(birth)),
      identity.project,
      identity.definition.id,
      fold(identity.number),
      identity.reason,
      identity.branch,
      fold(identity.requestedFor),
      identity.queueTime,
    ),
    call(insertPlan, identity.id, JSON.stringify(birth.plan)),
  ];
}
