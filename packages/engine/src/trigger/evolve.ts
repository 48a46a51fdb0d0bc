import type { RunId } from '@signalbox/model';
import type { RunNumbered, TriggerEvent } from './events.ts';
import type { CounterRow, RevisionRow, TriggerHeaderRow } from './rows.ts';

/** The rows of a trigger, or the part of them that a decision has seen. `lastRun` is the organisation's. */
export interface TriggerRows {
  readonly header: TriggerHeaderRow;
  readonly lastRun: RunId;
  /** By definition and folded key. */
  readonly revisions: ReadonlyMap<string, RevisionRow>;
  /** By definition and prefix. */
  readonly counters: ReadonlyMap<string, CounterRow>;
}

/** A trigger before its first run. */
export const EMPTY_TRIGGER: TriggerRows = {
  header: { lastQueueTime: 0 },
  lastRun: 0,
  revisions: new Map(),
  counters: new Map(),
};

/** The rows after one more event; rows change only here. */
export function evolveTrigger(rows: TriggerRows, event: TriggerEvent): TriggerRows {
  if (event.type === 'RunsReleased') {
    const left = Object.entries(rows.header.held ?? {}).filter(([id]) => id !== String(event.definition));
    return { ...rows, header: withHeld(rows.header, left) };
  }
  const { run, definition, at, revision, counters: moved = [] } = event;
  const revisions = new Map(rows.revisions);
  if (revision !== undefined)
    revisions.set(revisionId(definition, revision.key), { definition, ...revision });
  const counters = new Map(rows.counters);
  for (const one of moved) counters.set(counterId(definition, one.prefix), { definition, ...one });
  return { header: { ...heldBy(rows.header, event), lastQueueTime: at }, lastRun: run, revisions, counters };
}

function heldBy(header: TriggerHeaderRow, { held, definition, run }: RunNumbered): TriggerHeaderRow {
  if (held === undefined) return header;
  const before = header.held?.[String(definition)] ?? [];
  return { ...header, held: { ...header.held, [String(definition)]: [...before, run] } };
}

function withHeld(
  { lastQueueTime }: TriggerHeaderRow,
  held: readonly (readonly [id: string, runs: readonly RunId[]])[],
): TriggerHeaderRow {
  return { lastQueueTime, ...(held.length > 0 && { held: Object.fromEntries(held) }) };
}

/** The trigger that a journal tells of. */
export function foldTrigger(journal: readonly TriggerEvent[]): TriggerRows {
  let rows = EMPTY_TRIGGER;
  for (const event of journal) rows = evolveTrigger(rows, event);
  return rows;
}

/** Where a revision is kept. */
export function revisionId(definition: number, key: string): string {
  return `${definition}:${key}`;
}

/** Where a counter is kept. */
export function counterId(definition: number, prefix: string): string {
  return `${definition}:${prefix}`;
}
