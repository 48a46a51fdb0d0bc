import type { Instant } from '@signalbox/model';

/** A time to the minute, as people read it, with its zone. */
export function timeText(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
