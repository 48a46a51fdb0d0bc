import { Sorted, take, type ExpectedRow, type InterlockingNeed, type ResourceKey } from '@signalbox/engine';
import type { RunId } from '@signalbox/model';

/** Expected rows, by run and by what is ahead of a stage. */
export class ExpectedRows {
  readonly #byRun = new Map<RunId, Map<string, ExpectedRow>>();
  readonly #byStage = new Map<string, Sorted<ExpectedRow>>();
  readonly #byStageLapsed = new Map<string, Sorted<ExpectedRow>>();
  readonly #byResource = new Map<string, Sorted<ExpectedRow>>();

  save(key: ExpectedRow, row: ExpectedRow | undefined): void {
    const ofRun = this.#byRun.get(key.run) ?? new Map<string, ExpectedRow>();
    const name = JSON.stringify([key.stage, key.resource.type, key.resource.id]);
    const before = ofRun.get(name);
    if (row === undefined) {
      if (before === undefined) return;
      ofRun.delete(name);
      if (ofRun.size === 0) this.#byRun.delete(key.run);
      this.#index(before).forEach((index) => index.delete(before));
    } else {
      if (before !== undefined) this.#index(before).forEach((index) => index.delete(before));
      this.#byRun.set(key.run, ofRun.set(name, row));
      this.#index(row).forEach((index) => index.add(row));
    }
  }

  /** In the order of the key. */
  ofRun(run: RunId): readonly ExpectedRow[] {
    return [...(this.#byRun.get(run)?.values() ?? [])].sort(
      (a, b) =>
        text(a.stage, b.stage) ||
        text(a.resource.type, b.resource.type) ||
        text(a.resource.id, b.resource.id),
    );
  }

  ahead({ resource, definition, stage, after, count }: NeedExpected): readonly ExpectedRow[] {
    const [time, run] = after;
    const rows = this.#byStage.get(stageKey(resource, definition, stage));
    if (rows === undefined) return [];
    const before = (row: ExpectedRow): boolean =>
      row.runQueueTime < time || (row.runQueueTime === time && row.run <= run);
    return take(rows.from(before), count);
  }

  /** Those that were waited for long enough, of runs below a place. */
  lapsed({ resource, definition, stage, before }: NeedLapsed): readonly ExpectedRow[] {
    const rows = this.#byStageLapsed.get(stageKey(resource, definition, stage));
    const [time, run] = before;
    const below = (row: ExpectedRow): boolean =>
      row.runQueueTime < time || (row.runQueueTime === time && row.run < run);
    return [...(rows?.from(() => false) ?? [])].filter(below);
  }

  /** Those of a resource for which a person is awaited, in the order of the key. */
  awaitedAt({ type, id }: ResourceKey): readonly ExpectedRow[] {
    const rows = this.#byResource.get(JSON.stringify([type, id]))?.from(() => false) ?? [];
    return [...rows]
      .filter((row) => row.awaitedSince !== undefined && !row.lapsed)
      .sort((a, b) => a.run - b.run || text(a.stage, b.stage));
  }

  /** By (queue time, run, stage), those behind a place. */
  ofResourceAfter({ type, id }: ResourceKey, place: ExpectedPlace): Iterable<ExpectedRow> {
    const rows = this.#byResource.get(JSON.stringify([type, id]));
    return rows?.from((row) => compareExpected(row, place) <= 0) ?? [];
  }

  #index(row: ExpectedRow): Sorted<ExpectedRow>[] {
    const { resource, definition, stage } = row;
    return [
      sortedIn(row.lapsed ? this.#byStageLapsed : this.#byStage, stageKey(resource, definition, stage)),
      sortedIn(this.#byResource, JSON.stringify([resource.type, resource.id])),
    ];
  }
}

type NeedLapsed = Extract<InterlockingNeed, { need: 'lapsed' }>;
type NeedExpected = Extract<InterlockingNeed, { need: 'expected' }>;

/** A place among the expected rows of a resource. */
type ExpectedPlace = Pick<ExpectedRow, 'runQueueTime' | 'run' | 'stage'>;

function compareExpected(a: ExpectedPlace, b: ExpectedPlace): number {
  return a.runQueueTime - b.runQueueTime || a.run - b.run || text(a.stage, b.stage);
}

function sortedIn(indexes: Map<string, Sorted<ExpectedRow>>, key: string): Sorted<ExpectedRow> {
  const known = indexes.get(key);
  if (known !== undefined) return known;
  const made = new Sorted<ExpectedRow>(compareExpected);
  indexes.set(key, made);
  return made;
}

function stageKey(resource: ResourceKey, definition: number, stage: string): string {
  return JSON.stringify([resource.type, resource.id, definition, stage]);
}

function text(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
