import type { Instant } from '../ids.ts';
import { weekdayOf, type CalendarDay, type Weekday } from './calendar-day.ts';
import { isFrozen, type FreezeCalendar } from './freeze.ts';
import { firstInstant, wallClock } from './wall-clock.ts';

/** A time of the day on some days of the week. */
export interface HoursWindow {
  readonly days: readonly Weekday[];
  /** Minutes after midnight, 0 to 1439. */
  readonly start: number;
  /** 0 to 1440, not `start`; before `start` it is a time of the next day (BH-4). */
  readonly end: number;
}

/** When it is open: inside a window and not on a frozen day. */
export interface OpeningHours {
  /** A name of the tz database. */
  readonly zone: string;
  readonly windows: readonly HoursWindow[];
  /** A day that any of them closes is closed from midnight to midnight. */
  readonly freezes: readonly FreezeCalendar[];
}

/** Hours that do not open within two years never do. */
const OPENS_WITHIN = 731;

/** Hours that stay open longer are looked at anew then. */
const CLOSES_WITHIN = 31;

/** From the instant `from` on, and no more at the instant `until`. */
interface Period {
  readonly from: Instant;
  readonly until: Instant;
}

/** The first instant at which it is open, `instant` itself included; undefined: not within two years (BH-2). */
export function nextOpening(hours: OpeningHours, instant: Instant): Instant | undefined {
  for (const { from, until } of periodsAround(hours, instant, OPENS_WITHIN)) {
    if (until > instant) return Math.max(from, instant);
  }
  return undefined;
}

/**
 * When it closes for the next time, windows that follow each other without a gap counted as one (BH-3). Where it is
 * closed at `instant`, `instant` itself; where it stays open, a time about a month ahead, at which to ask again.
 */
export function closing(hours: OpeningHours, instant: Instant): Instant {
  let end = instant;
  for (const { from, until } of periodsAround(hours, instant, CLOSES_WITHIN)) {
    if (from > end) return end;
    end = Math.max(end, until);
  }
  return end;
}

/** The open periods around and after an instant, ordered by when they begin; they may overlap. */
function* periodsAround(hours: OpeningHours, instant: Instant, days: number): Generator<Period> {
  const { day: today } = wallClock(hours.zone, instant);
  const windows = hours.windows.toSorted((a, b) => a.start - b.start);
  // What was opened yesterday may still be open; where a day was left out, that of the day before.
  for (let day = today - 2; day < today + days; day += 1) {
    const weekday = weekdayOf(day);
    for (const window of windows) {
      const period = window.days.includes(weekday) ? periodOf(hours, window, day) : undefined;
      if (period !== undefined) yield period;
    }
  }
}

/** The part of a day's window that no freeze closes. */
function periodOf(hours: OpeningHours, { start, end }: HoursWindow, day: CalendarDay): Period | undefined {
  const overnight = end < start;
  const tonight = isClosed(hours, day);
  if (tonight && !overnight) return undefined;
  const tomorrow = overnight && isClosed(hours, day + 1);
  const from = firstInstant(hours.zone, day, tonight ? 1440 : start);
  const until = firstInstant(hours.zone, overnight && !tomorrow ? day + 1 : day, tomorrow ? 1440 : end);
  return from < until ? { from, until } : undefined;
}

function isClosed({ freezes }: OpeningHours, day: CalendarDay): boolean {
  return freezes.some((calendar) => isFrozen(calendar, day));
}
