import type { DefinitionId, RunId } from '@signalbox/model';
import { expectationKey, expectedKey, resourceKey } from '../keys.ts';
import { comparePlaces, runPlaceOf, type Place } from '../order.ts';
import type { ExpectedRow, ResourceKey } from '../rows.ts';
import { Prefix } from './coverage.ts';
import { getOrAdd } from './lock-index.ts';
import { Sorted, take } from './sorted.ts';

/** The expected rows of one stage of a pipeline at one resource, oldest run first. */
interface Expectation {
  /** Those for which younger runs wait. */
  readonly rows: Sorted<ExpectedRow>;
  readonly known: Prefix;
  readonly lapsed: Sorted<ExpectedRow>;
  readonly lapsedKnown: Prefix;
}

/** The expected rows in the slice, by stage and by run, and how much of each is known. */
export class ExpectedIndex {
  /** A deleted row stays as undefined, so that an older answer of the store does not bring it back. */
  readonly #rows: Map<string, ExpectedRow | undefined> = new Map();
  readonly #byStage: Map<string, Expectation> = new Map();
  readonly #byRun: Map<RunId, Map<string, ExpectedRow>> = new Map();
  readonly #runsKnown: Set<RunId> = new Set();
  /** Rows of a resource for which a person is awaited, by resource. */
  readonly #awaited: Map<string, Map<string, ExpectedRow>> = new Map();
  readonly #awaitedKnown: Set<string> = new Set();
  #everythingKnown = false;

  knowEverything(): void {
    this.#everythingKnown = true;
  }

  knowRun(run: RunId): void {
    this.#runsKnown.add(run);
  }

  knowAwaited(resource: ResourceKey): void {
    this.#awaitedKnown.add(resourceKey(resource));
  }

  has(row: ExpectedRow): boolean {
    return this.#rows.has(expectedKey(row));
  }

  get(row: ExpectedRow): ExpectedRow | undefined {
    return this.#rows.get(expectedKey(row));
  }

  /** Writes a row, or with undefined deletes it. */
  set(key: ExpectedRow, row: ExpectedRow | undefined): void {
    const name = expectedKey(key);
    const old = this.#rows.get(name);
    const ofRun = getOrAdd(this.#byRun, key.run, () => new Map<string, ExpectedRow>());
    const { rows, lapsed } = this.expectation(key.resource, key.definition, key.stage);
    if (old !== undefined) (old.lapsed ? lapsed : rows).delete(old);
    if (row !== undefined) (row.lapsed ? lapsed : rows).add(row);
    const awaited = getOrAdd(this.#awaited, resourceKey(key.resource), () => new Map<string, ExpectedRow>());
    if (row?.awaitedSince === undefined || row.lapsed) awaited.delete(name);
    else awaited.set(name, row);
    if (row === undefined) ofRun.delete(name);
    else ofRun.set(name, row);
    this.#rows.set(name, row);
  }

  /** Forgets that there ever was such a row: undoes the first `set`. */
  forget(key: ExpectedRow): void {
    this.set(key, undefined);
    this.#rows.delete(expectedKey(key));
  }

  /** The oldest run that is still expected; null when none is, undefined when that is not known. */
  first(resource: ResourceKey, definition: DefinitionId, stage: string): ExpectedRow | null | undefined {
    const { rows, known } = this.expectation(resource, definition, stage);
    const [first] = rows;
    if (first !== undefined && (this.#everythingKnown || known.includes(runPlaceOf(first)))) return first;
    return this.#everythingKnown || known.complete ? null : undefined;
  }

  /** Those of runs below the place that have not lapsed, oldest first; undefined when not known. */
  below(
    { resource, definition, stage }: Pick<ExpectedRow, 'resource' | 'definition' | 'stage'>,
    place: Place,
  ): readonly ExpectedRow[] | undefined {
    const { rows, known } = this.expectation(resource, definition, stage);
    if (!this.#everythingKnown && !known.includes(place)) return undefined;
    return before(rows, place);
  }

  /** The lapsed ones of runs below the place, oldest first; undefined when not known. */
  lapsed(
    { resource, definition, stage }: Pick<ExpectedRow, 'resource' | 'definition' | 'stage'>,
    below: Place,
  ): readonly ExpectedRow[] | undefined {
    const { lapsed, lapsedKnown } = this.expectation(resource, definition, stage);
    if (!this.#everythingKnown && !lapsedKnown.includes(below)) return undefined;
    return before(lapsed, below);
  }

  /** Those of a resource for which a person is awaited and that have not lapsed; undefined when not known. */
  awaited(resource: ResourceKey): readonly ExpectedRow[] | undefined {
    const key = resourceKey(resource);
    if (!this.#everythingKnown && !this.#awaitedKnown.has(key)) return undefined;
    return byKey(this.#awaited.get(key)?.values() ?? []);
  }

  /** Every expected row of a run; undefined when not known. */
  ofRun(run: RunId): readonly ExpectedRow[] | undefined {
    if (!this.#everythingKnown && !this.#runsKnown.has(run)) return undefined;
    return byKey(this.#byRun.get(run)?.values() ?? []);
  }

  expectation(resource: ResourceKey, definition: DefinitionId, stage: string): Expectation {
    return getOrAdd(this.#byStage, expectationKey(resource, definition, stage), () => ({
      rows: new Sorted<ExpectedRow>(compareRuns),
      known: new Prefix(),
      lapsed: new Sorted<ExpectedRow>(compareRuns),
      lapsedKnown: new Prefix(),
    }));
  }
}

function before(rows: Sorted<ExpectedRow>, place: Place): readonly ExpectedRow[] {
  return take(
    rows,
    rows.countBefore((row) => comparePlaces(runPlaceOf(row), place) < 0),
  );
}

function compareRuns(a: ExpectedRow, b: ExpectedRow): number {
  return comparePlaces(runPlaceOf(a), runPlaceOf(b));
}

/** In one order, whatever the order in which they were loaded. */
function byKey(rows: Iterable<ExpectedRow>): readonly ExpectedRow[] {
  return [...rows].toSorted((a, b) => (expectedKey(a) < expectedKey(b) ? -1 : 1));
}
