import type { Instant } from '@signalbox/model';
import type { DefinitionRow, Definitions } from '../port/catalogue.ts';

/** A deleted definition, and what puts back what stood beside it. */
interface Removed {
  readonly row: DefinitionRow;
  readonly at: Instant;
  readonly putBack: readonly (() => void)[];
}

/** Deleted definitions in memory, until they are restored or forgotten. */
export class RemovedDefinitions {
  readonly #kept = new Map<number, Removed>();

  keep(removed: Removed): void {
    this.#kept.set(removed.row.id, removed);
  }

  /** Puts back what stood beside it and answers its row, unless `refuse` throws; undefined when it is not kept. */
  takeBack(project: number, id: number, refuse: (row: DefinitionRow) => void): DefinitionRow | undefined {
    const kept = this.#kept.get(id);
    if (kept?.row.project !== project) return undefined;
    refuse(kept.row);
    this.#kept.delete(id);
    for (const put of kept.putBack) put();
    return kept.row;
  }

  /** Answers how many it forgot. */
  forget(which: Parameters<Definitions['forgetRemoved']>[0]): number {
    const old = [...this.#kept.values()].filter(({ row, at }) =>
      'project' in which ? row.project === which.project : at < which.before,
    );
    for (const { row } of old) this.#kept.delete(row.id);
    return old.length;
  }
}
