const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A span in milliseconds as people say it: `8s`, `3m 20s`, `2h 5m`, `4d 1h`. */
export function span(milliseconds: number): string {
  const value = Math.max(0, milliseconds);
  if (value < MINUTE) return `${Math.floor(value / SECOND)}s`;
  if (value < HOUR) return `${Math.floor(value / MINUTE)}m ${Math.floor((value % MINUTE) / SECOND)}s`;
  if (value < DAY) return `${Math.floor(value / HOUR)}h ${Math.floor((value % HOUR) / MINUTE)}m`;
  return `${Math.floor(value / DAY)}d ${Math.floor((value % DAY) / HOUR)}h`;
}

/** How long ago a time on the wire was; empty when there is none. */
export function ago(time: string | undefined, now: number): string {
  return time === undefined ? '' : `${span(now - Date.parse(time))} ago`;
}
