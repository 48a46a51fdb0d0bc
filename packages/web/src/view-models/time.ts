import type { WireTime } from '@signalbox/api';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A time as the page shows it: short words, the machine's form, and the exact form for the hover. */
export interface Moment {
  readonly text: string;
  readonly iso: WireTime;
  readonly exact: string;
}

/** Milliseconds from `since` to `now`; never negative, because clocks may differ a little. */
export function passed(since: WireTime, now: number): number {
  return Math.max(0, now - Date.parse(since));
}

/** A span as a stopwatch shows it: two units at most, for example `3m 12s`. */
export function elapsed(span: number): string {
  if (span < MINUTE) return `${Math.floor(span / SECOND)}s`;
  if (span < HOUR) return `${Math.floor(span / MINUTE)}m ${two(Math.floor((span % MINUTE) / SECOND))}s`;
  if (span < DAY) return `${Math.floor(span / HOUR)}h ${two(Math.floor((span % HOUR) / MINUTE))}m`;
  return `${Math.floor(span / DAY)}d ${Math.floor((span % DAY) / HOUR)}h`;
}

/** A span in its largest unit only, for example `29 d`. */
export function roughly(span: number): string {
  if (span < MINUTE) return `${Math.floor(span / SECOND)} s`;
  if (span < HOUR) return `${Math.floor(span / MINUTE)} min`;
  if (span < DAY) return `${Math.floor(span / HOUR)} h`;
  return `${Math.floor(span / DAY)} d`;
}

/** How long ago, for example `4 min ago`. */
export function ago(time: WireTime, now: number): string {
  const span = passed(time, now);
  return span < 10 * SECOND ? 'just now' : `${roughly(span)} ago`;
}

/** A moment whose short form is the given text. */
export function moment(text: string, time: WireTime): Moment {
  return { text, iso: time, exact: exactly(time) };
}

/** The exact time in UTC, readable: `2026-11-22 08:15:30 UTC`. */
export function exactly(time: WireTime): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
