import {
  createInterlocking,
  type BundleRow,
  type InterlockingEvent,
  type WholeInterlocking,
} from '@signalbox/engine';
import type { Blocker, LockPolicy } from '@signalbox/model';
import { PROJECT } from './project.ts';

/** Every law that rows and journal break, a sentence each; empty when all is well. `now` tells whose time is over. */
export function brokenLaws(
  rows: WholeInterlocking,
  journal: readonly InterlockingEvent[],
  now: number,
): readonly string[] {
  return [...lostWakeUps(rows, now), ...brokenHistory(rows, journal)];
}

/** LAW-2: whoever waits has a reason. LAW-14: following the reasons ends somewhere. */
export function lostWakeUps(rows: WholeInterlocking, now: number): readonly string[] {
  const waiting = [...rows.bundles.values()].filter(({ status }) => status === 'queued');
  const everything = createInterlocking(PROJECT, rows);
  const reasons = new Map<number, readonly Blocker[]>();
  const broken: string[] = [];
  for (const { id, expiresAt } of waiting) {
    const answer = everything.blockersOf(id);
    if (answer.kind === 'needs') broken.push(`the whole interlocking lacks ${JSON.stringify(answer.needs)}`);
    else reasons.set(id, answer.value);
    if (answer.kind === 'value' && answer.value.length === 0 && expiresAt > now) {
      broken.push(`LAW-2: bundle ${id} waits for nothing`);
    }
  }
  for (const id of reasons.keys())
    if (waitsForItself(reasons, id)) broken.push(`LAW-14: bundle ${id} waits for itself`);
  return broken;
}

function waitsForItself(reasons: ReadonlyMap<number, readonly Blocker[]>, id: number): boolean {
  const seen = new Set<number>();
  const open = [id];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    for (const blocker of reasons.get(one) ?? []) {
      if (blocker.kind !== 'behind' && blocker.kind !== 'olderRunExpected') continue;
      for (const { bundle } of blocker.by) {
        if (bundle === id) return true;
        if (!seen.has(bundle)) open.push(bundle);
        seen.add(bundle);
      }
    }
  }
  return false;
}

/** Replays the journal and watches the laws that speak of what may happen when. */
export function brokenHistory(
  rows: WholeInterlocking,
  journal: readonly InterlockingEvent[],
): readonly string[] {
  const replay = new Replay(rows);
  for (const event of journal) replay.see(event);
  return replay.broken;
}

class Replay {
  readonly broken: string[] = [];
  readonly #rows: WholeInterlocking;
  readonly #policies: Map<number, LockPolicy> = new Map();
  readonly #tokens: Map<number, number> = new Map();
  readonly #holders: Map<number, Map<number, number>> = new Map();
  readonly #ended: Set<number> = new Set();

  constructor(rows: WholeInterlocking) {
    this.#rows = rows;
  }

  see(event: InterlockingEvent): void {
    if (event.type === 'LockConfigured') this.#policies.set(event.lock, event.policy);
    if (event.type === 'BundleGranted') this.#granted(event);
    if (event.type === 'BundleSuperseded') this.#superseded(event);
    if (
      event.type === 'BundleSuperseded' ||
      event.type === 'BundleTimedOut' ||
      event.type === 'BundleWithdrawn' ||
      event.type === 'BundleAcknowledged' ||
      event.type === 'BundleAbandoned' ||
      event.type === 'BundleFinished' ||
      event.type === 'BundleCanceled'
    ) {
      this.#end(event);
    }
  }

  #granted({ bundle: id, requests, at }: Extract<InterlockingEvent, { type: 'BundleGranted' }>): void {
    const bundle = this.#rows.getBundle(id);
    if (this.#ended.has(id)) this.broken.push(`LAW-3: bundle ${id} is granted after its end`);
    const wanted = JSON.stringify(bundle?.requests.map(({ lock }) => lock));
    const got = JSON.stringify(requests.map(({ lock }) => lock));
    if (wanted !== got) this.broken.push(`LAW-9: bundle ${id} wants ${wanted} and gets ${got}`);
    if (bundle !== undefined && bundle.expiresAt <= at)
      this.broken.push(`INV-14: bundle ${id} is granted past its limit`);
    for (const { lock, token, slot } of requests) {
      const holders = this.#holders.get(lock) ?? new Map<number, number>();
      const capacity = this.#policies.get(lock)?.capacity ?? 0;
      if (holders.size >= capacity)
        this.broken.push(`LAW-1: lock ${lock} has ${holders.size} holders and gets one more`);
      if (slot < 1 || slot > capacity) this.broken.push(`LAW-1: slot ${slot} of ${capacity} at lock ${lock}`);
      if ([...holders.values()].includes(slot))
        this.broken.push(`LAW-1: slot ${slot} of lock ${lock} is taken`);
      if (token !== (this.#tokens.get(lock) ?? 0) + 1)
        this.broken.push(`INV-02: token ${token} of lock ${lock}`);
      this.#tokens.set(lock, token);
      this.#holders.set(lock, holders.set(id, slot));
    }
  }

  #superseded({ bundle: id, by: byId }: Extract<InterlockingEvent, { type: 'BundleSuperseded' }>): void {
    const [old, by] = [this.#rows.getBundle(id), this.#rows.getBundle(byId)];
    if (!old || !by || !maySupersede(old, by))
      this.broken.push(`LAW-6: bundle ${id} is superseded by ${byId}`);
    if (this.#ended.has(byId)) this.broken.push(`LAW-6: bundle ${id} is superseded by one that is over`);
    if (old?.behavior === 'sequential') this.broken.push(`LAW-6: bundle ${id} is sequential and superseded`);
  }

  #end({ type, bundle }: { type: string; bundle: number }): void {
    if (this.#ended.has(bundle)) this.broken.push(`LAW-3: ${type} after the end of bundle ${bundle}`);
    this.#ended.add(bundle);
    const held = [...this.#holders.values()].map((holders) => holders.delete(bundle)).includes(true);
    if (held && !MAY_END_A_HOLD.includes(type)) {
      this.broken.push(`LAW-6, LOCK-23: ${type} takes the locks of holder ${bundle}`);
    }
  }
}

/** Supersede, time-out and withdrawal never end a hold (LOCK-23). */
const MAY_END_A_HOLD = ['BundleFinished', 'BundleCanceled', 'BundleAcknowledged', 'BundleAbandoned'];

function maySupersede(old: BundleRow, by: BundleRow): boolean {
  const [a, b] = [old.requester, by.requester];
  const newer = by.rank > old.rank || (by.rank === old.rank && b.run > a.run);
  return a.run !== b.run && a.definition === b.definition && newer;
}
