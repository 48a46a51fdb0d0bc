import type { RunState } from '@signalbox/engine';
import type { RunOrder } from './port/runs.ts';

/** Stands for a time that has not come: sorts behind every time (RunOrder). */
export const NOT_YET: number = Number.MAX_SAFE_INTEGER;

/** What an order compares, and which way. */
export interface OrderKey {
  readonly column: 'queue_time' | 'start_order' | 'finish_order';
  readonly direction: 'asc' | 'desc';
}

/** The orders as data. */
export const RUN_ORDERS: Readonly<Record<RunOrder, OrderKey>> = {
  queueTimeAscending: { column: 'queue_time', direction: 'asc' },
  queueTimeDescending: { column: 'queue_time', direction: 'desc' },
  startTimeAscending: { column: 'start_order', direction: 'asc' },
  startTimeDescending: { column: 'start_order', direction: 'desc' },
  finishTimeAscending: { column: 'finish_order', direction: 'asc' },
  finishTimeDescending: { column: 'finish_order', direction: 'desc' },
};

/** The time by which an order sorts a run. */
export function orderTime(run: RunState, column: OrderKey['column']): number {
  switch (column) {
    case 'queue_time':
      return run.queueTime;
    case 'start_order':
      return run.startTime ?? NOT_YET;
    case 'finish_order':
      return run.finishTime ?? NOT_YET;
  }
}

/** Compares two runs in an order; total, because ids break ties. */
export function compareRuns(a: RunState, b: RunState, { column, direction }: OrderKey): number {
  const ascending = orderTime(a, column) - orderTime(b, column) || a.id - b.id;
  return direction === 'asc' ? ascending : -ascending;
}
