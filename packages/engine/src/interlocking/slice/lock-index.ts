import { fold, type BundleId, type DefinitionId } from '@signalbox/model';
import { compareBundles, compareByRun, comparePlaces, placeOf, runPlaceOf, type Place } from '../order.ts';
import type { BundleRow, Requester } from '../rows.ts';
import { Prefix } from './coverage.ts';
import { Sorted, take } from './sorted.ts';

/**
 * The bundles of one lock that are in the slice, found the ways in which decisions look for them,
 * and how much of each way is known. `undefined` as an answer means: not known, ask the store.
 */
export class LockIndex {
  readonly #holders: Map<BundleId, BundleRow> = new Map();
  /** Waiting and eligible, in policy order. */
  readonly #queue: Sorted<BundleRow> = new Sorted(compareBundles);
  /** The same bundles by turn; those with turn 0 take no part in superseding and are not here. */
  readonly #byTurn: Sorted<BundleRow> = new Sorted<BundleRow>((a, b) => a.turn - b.turn || a.id - b.id);
  readonly #byDefinition: Map<DefinitionId, Sorted<BundleRow>> = new Map();
  /** Awaiting their approval, per definition. */
  readonly #awaiting: Map<DefinitionId, Sorted<BundleRow>> = new Map();
  /** Waiting and not eligible, by run, per stage of a pipeline. */
  readonly #barred: Map<string, Sorted<BundleRow>> = new Map();

  /** Waiting, and kept from their turn by an operator or by their checks: they bar nobody. */
  readonly #held: Sorted<BundleRow> = new Sorted(compareBundles);

  readonly queueKnown: Prefix = new Prefix();
  holdersKnown = false;
  /** Every eligible waiter with a turn above this is in the slice. */
  turnsKnownAbove: number = Number.MAX_SAFE_INTEGER;
  readonly #groupsKnown: Set<string> = new Set();
  readonly #awaitingKnown: Set<string> = new Set();
  #allAwaitingKnown = false;
  readonly #barredKnown: Map<string, Prefix> = new Map();
  #allBarredKnown = false;

  /** Everything about this lock is in the slice. */
  knowEverything(): void {
    this.holdersKnown = true;
    this.#allAwaitingKnown = true;
    this.knowWaiters();
  }

  /** Every waiter of this lock is in the slice. */
  knowWaiters(): void {
    this.queueKnown.finish();
    this.#allBarredKnown = true;
    for (const known of this.#barredKnown.values()) known.finish();
  }

  knowGroup(definition: DefinitionId, branch: string | undefined): void {
    this.#groupsKnown.add(groupName(definition, branch));
  }

  knowAwaiting(definition: DefinitionId, branch: string | undefined): void {
    this.#awaitingKnown.add(groupName(definition, branch));
  }

  /** How far those of one stage of a pipeline that are not eligible are in the slice, by run. */
  barredKnown(definition: DefinitionId, stage: string): Prefix {
    return getOrAdd(this.#barredKnown, stageName(definition, stage), () => {
      const known = new Prefix();
      if (this.#allBarredKnown) known.finish();
      return known;
    });
  }

  add(bundle: BundleRow): void {
    if (bundle.status === 'inUse') this.#holders.set(bundle.id, bundle);
    else this.#listsOf(bundle).forEach((list) => list.add(bundle));
  }

  delete(bundle: BundleRow): void {
    if (bundle.status === 'inUse') this.#holders.delete(bundle.id);
    else this.#listsOf(bundle).forEach((list) => list.delete(bundle));
  }

  /** By slot, so that the order does not hang on when they were loaded. */
  holders(): readonly BundleRow[] | undefined {
    return this.holdersKnown ? [...this.#holders.values()].toSorted((a, b) => a.id - b.id) : undefined;
  }

  /** The first `limit` eligible waiters below the place; undefined when the known part is too short to say. */
  first(limit: number, below: Place): readonly BundleRow[] | undefined {
    const enough = this.queueKnown.includes(below) || limit <= this.knownLength();
    if (!enough) return undefined;
    return take(this.#queue, limit).filter((bundle) => comparePlaces(placeOf(bundle), below) < 0);
  }

  /** How many of the first eligible waiters are known without a gap. */
  knownLength(): number {
    return this.#queue.countBefore((bundle) => this.queueKnown.includes(placeOf(bundle)));
  }

  /** Eligible waiters with a turn above `after`, by turn. */
  turned(after: number): readonly BundleRow[] | undefined {
    if (!this.queueKnown.complete && this.turnsKnownAbove > after) return undefined;
    return [...this.#byTurn.from((bundle) => bundle.turn <= after)];
  }

  /** Eligible waiters of one definition, of one branch if given. */
  group(definition: DefinitionId, branch: string | undefined): readonly BundleRow[] | undefined {
    const known =
      this.queueKnown.complete ||
      this.#groupsKnown.has(groupName(definition, undefined)) ||
      this.#groupsKnown.has(groupName(definition, branch));
    if (!known) return undefined;
    const members = [...(this.#byDefinition.get(definition) ?? [])];
    return members.filter(({ requester }) => branch === undefined || requester.branch === branch);
  }

  /** Bundles of one definition that await their approval, of one branch if given. */
  awaiting(definition: DefinitionId, branch: string | undefined): readonly BundleRow[] | undefined {
    const known =
      this.#allAwaitingKnown ||
      this.#awaitingKnown.has(groupName(definition, undefined)) ||
      this.#awaitingKnown.has(groupName(definition, branch));
    if (!known) return undefined;
    const members = [...(this.#awaiting.get(definition) ?? [])];
    return members.filter(({ requester }) => branch === undefined || requester.branch === branch);
  }

  /**
   * The first `limit` waiters of one stage of a pipeline that are not eligible, nor on hold or on their checks,
   * with a run below the place, oldest run first; undefined when the known part is too short to say.
   */
  barred(
    { definition, stage }: Pick<Requester, 'definition' | 'stage'>,
    below: Place,
    limit: number,
  ): readonly BundleRow[] | undefined {
    const known = this.barredKnown(definition, stage);
    if (!known.includes(below) && limit > this.barredLength(definition, stage)) return undefined;
    const list = this.#barred.get(stageName(definition, stage)) ?? [];
    return take(list, limit).filter(({ requester }) => comparePlaces(runPlaceOf(requester), below) < 0);
  }

  /** How many of them are known without a gap. */
  barredLength(definition: DefinitionId, stage: string): number {
    const known = this.barredKnown(definition, stage);
    const list = this.#barred.get(stageName(definition, stage));
    return list?.countBefore(({ requester }) => known.includes(runPlaceOf(requester))) ?? 0;
  }

  /** How many are known that wait, but are kept from their turn by an operator or by their checks. */
  get asideLength(): number {
    return this.#held.size;
  }

  /** Every waiter, in policy order. */
  waiting(): readonly BundleRow[] | undefined {
    if (!this.queueKnown.complete || !this.#allBarredKnown) return undefined;
    const barred = [...this.#barred.values()].flatMap((list) => [...list]);
    return [...this.#queue, ...barred, ...this.#held].toSorted(compareBundles);
  }

  #listsOf(bundle: BundleRow): readonly Sorted<BundleRow>[] {
    const { definition, stage } = bundle.requester;
    if (bundle.status === 'expected') {
      return [getOrAdd(this.#awaiting, definition, () => new Sorted(compareBundles))];
    }
    if (bundle.status !== 'queued' && bundle.status !== 'waitingOnChecks') return [];
    if (bundle.hold !== undefined || bundle.status === 'waitingOnChecks') return [this.#held];
    if (!bundle.eligible) {
      return [getOrAdd(this.#barred, stageName(definition, stage), () => new Sorted(compareByRun))];
    }
    const ofDefinition = getOrAdd(this.#byDefinition, definition, () => new Sorted(compareBundles));
    return bundle.turn > 0 ? [this.#queue, ofDefinition, this.#byTurn] : [this.#queue, ofDefinition];
  }
}

function groupName(definition: DefinitionId, branch: string | undefined): string {
  return branch === undefined ? `${definition}` : `${definition}:${branch}`;
}

function stageName(definition: DefinitionId, stage: string): string {
  return `${definition}/${fold(stage)}`;
}

/** The value at the key; made when there is none. */
export function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
