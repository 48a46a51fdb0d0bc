import type { DefinitionId, RunId } from '@signalbox/model';
import { expectationKey, expectedKey } from '../keys.ts';
import { comparePlaces, runPlaceOf } from '../order.ts';
import type { ExpectedRow, ResourceKey } from '../rows.ts';
import { Prefix } from './coverage.ts';
import { getOrAdd } from './lock-index.ts';
import { Sorted } from './sorted.ts';

/** The expected rows of one stage of a pipeline at one resource, oldest run first. */
interface Expectation {
  readonly rows: Sorted<ExpectedRow>;
  readonly known: Prefix;
}

/** The expected rows in the slice, by stage and by run, and how much of each is known. */
export class ExpectedIndex {
  /** A deleted row stays as undefined, so that an older answer of the store does not bring it back. */
  readonly #rows: Map<string, ExpectedRow | undefined> = new Map();
  readonly #byStage: Map<string, Expectation> = new Map();
  readonly #byRun: Map<RunId, Map<string, ExpectedRow>> = new Map();
  readonly #runsKnown: Set<RunId> = new Set();
  #everythingKnown = false;

  knowEverything(): void {
    this.#everythingKnown = true;
  }

  knowRun(run: RunId): void {
    this.#runsKnown.add(run);
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
    const { rows } = this.expectation(key.resource, key.definition, key.stage);
    if (old !== undefined) rows.delete(old);
    if (row !== undefined) rows.add(row);
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
    const first = rows.items[0];
    if (first !== undefined && (this.#everythingKnown || known.includes(runPlaceOf(first)))) return first;
    return this.#everythingKnown || known.complete ? null : undefined;
  }

  /** Every expected row of a run; undefined when not known. */
  ofRun(run: RunId): readonly ExpectedRow[] | undefined {
    if (!this.#everythingKnown && !this.#runsKnown.has(run)) return undefined;
    const rows = [...(this.#byRun.get(run)?.values() ?? [])];
    return rows.toSorted((a, b) => (expectedKey(a) < expectedKey(b) ? -1 : 1));
  }

  expectation(resource: ResourceKey, definition: DefinitionId, stage: string): Expectation {
    return getOrAdd(this.#byStage, expectationKey(resource, definition, stage), () => ({
      rows: new Sorted<ExpectedRow>((a, b) => comparePlaces(runPlaceOf(a), runPlaceOf(b))),
      known: new Prefix(),
    }));
  }
}
