import { Sorted, type BundleRow, type InterlockingNeed, type RequestRow } from '@signalbox/engine';
import { fold, type BundleId, type DefinitionId, type Instant } from '@signalbox/model';
import { placesEndedAt, requestState } from '../request-state.ts';

/** A place in an order: a number, then the bundle. */
type Place = readonly [number, BundleId];

/** A barred waiter: (run queue time, run, bundle). */
type Barred = readonly [Instant, number, BundleId];

/** The branch of each bundle of a pipeline. */
type Groups = Map<DefinitionId, Map<BundleId, string>>;

/** Who waits at one lock, in every order that a decision reads, and who holds it. */
export class LockLine {
  readonly #slots = new Map<number, BundleId>();
  readonly #waiting = new Sorted<Place>(comparePlaces);
  readonly #eligible = new Sorted<Place>(comparePlaces);
  readonly #turned = new Sorted<Place>(comparePlaces);
  readonly #groups: Groups = new Map();
  readonly #awaiting: Groups = new Map();
  readonly #barred = new Map<string, Sorted<Barred>>();
  readonly #ended = new Sorted<Place>(comparePlaces);

  add(row: BundleRow, { slot }: RequestRow): void {
    const state = requestState(row);
    if (state === 'ended') this.#ended.add([placesEndedAt(row) ?? 0, row.id]);
    if (state === 'inUse' && slot !== undefined) this.#slots.set(slot, row.id);
    if (state === 'expected') addTo(this.#awaiting, row);
    if (state !== 'waiting') return;
    this.#waiting.add([row.order, row.id]);
    if (!row.eligible) {
      this.#barredOf(row).add(barredPlace(row));
      return;
    }
    this.#eligible.add([row.order, row.id]);
    this.#turned.add([row.turn, row.id]);
    addTo(this.#groups, row);
  }

  remove(row: BundleRow, lock: number): void {
    const slot = row.requests.find((request) => request.lock === lock)?.slot;
    if (slot !== undefined && this.#slots.get(slot) === row.id) this.#slots.delete(slot);
    this.#ended.delete([placesEndedAt(row) ?? 0, row.id]);
    this.#waiting.delete([row.order, row.id]);
    this.#eligible.delete([row.order, row.id]);
    this.#turned.delete([row.turn, row.id]);
    for (const groups of [this.#groups, this.#awaiting]) groups.get(row.requester.definition)?.delete(row.id);
    this.#barredOf(row).delete(barredPlace(row));
  }

  /** By slot. */
  holders(): BundleId[] {
    return [...this.#slots].sort(([a], [b]) => a - b).map(([, bundle]) => bundle);
  }

  holderOf(slot: number): BundleId | undefined {
    return this.#slots.get(slot);
  }

  *eligibleAfter(place: Place): Generator<BundleId, void, undefined> {
    for (const [, bundle] of this.#eligible.from((other) => comparePlaces(other, place) <= 0)) yield bundle;
  }

  *waitingAfter(place: Place): Generator<BundleId, void, undefined> {
    for (const [, bundle] of this.#waiting.from((other) => comparePlaces(other, place) <= 0)) yield bundle;
  }

  *turnedAfter(turn: number): Generator<BundleId, void, undefined> {
    for (const [, bundle] of this.#turned.from(([other]) => other <= turn)) yield bundle;
  }

  group(definition: DefinitionId, branch: string | undefined): BundleId[] {
    return membersOf(this.#groups, definition, branch);
  }

  awaiting(definition: DefinitionId, branch: string | undefined): BundleId[] {
    return membersOf(this.#awaiting, definition, branch);
  }

  *barredAfter(need: Extract<InterlockingNeed, { need: 'barred' }>): Generator<BundleId, void, undefined> {
    const passed = ([time, run]: Barred): boolean => comparePlaces([time, run], need.after) <= 0;
    for (const [, , bundle] of this.#barred.get(barredKey(need))?.from(passed) ?? []) yield bundle;
  }

  isWaiting(row: BundleRow): boolean {
    const place: Place = [row.order, row.id];
    const [found] = this.#waiting.from((other) => comparePlaces(other, place) < 0);
    return found?.[1] === row.id;
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** How many wait up to the place. */
  countUpTo(place: Place): number {
    return this.#waiting.countBefore((other) => comparePlaces(other, place) <= 0);
  }

  /** Latest first. */
  ended(): BundleId[] {
    return [...this.#ended].map(([, bundle]) => bundle).reverse();
  }

  #barredOf(row: BundleRow): Sorted<Barred> {
    const { definition, stage } = row.requester;
    const key = barredKey({ definition, stage: fold(stage) });
    const known = this.#barred.get(key);
    if (known !== undefined) return known;
    const made = new Sorted<Barred>((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
    this.#barred.set(key, made);
    return made;
  }
}

function addTo(groups: Groups, { id, requester }: BundleRow): void {
  const group = groups.get(requester.definition) ?? new Map<BundleId, string>();
  groups.set(requester.definition, group.set(id, requester.branch));
}

function membersOf(groups: Groups, definition: DefinitionId, branch: string | undefined): BundleId[] {
  const members = [...(groups.get(definition) ?? [])];
  const chosen = members.filter(([, other]) => branch === undefined || other === branch);
  return chosen.map(([bundle]) => bundle).sort((a, b) => a - b);
}

function comparePlaces(a: Place, b: Place): number {
  return a[0] - b[0] || a[1] - b[1];
}

function barredPlace({ id, requester }: BundleRow): Barred {
  return [requester.runQueueTime, requester.run, id];
}

function barredKey({ definition, stage }: { definition: DefinitionId; stage: string }): string {
  return `${definition}:${stage}`;
}
