import type { Instant, Millis } from '../ids.ts';
import { dateOf, dayOf, weekdayOf, type CalendarDay } from './calendar-day.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** What a clock on a wall shows. */
export interface WallClock {
  readonly day: CalendarDay;
  /** Minutes after midnight, 0 to 1439. */
  readonly minute: number;
}

/** What a clock in the zone, a name of the tz database, shows at the instant. */
export function wallClock(zone: string, instant: Instant): WallClock {
  const local = instant + offsetAt(zone, instant);
  const day = Math.floor(local / DAY);
  return { day, minute: Math.floor((local - day * DAY) / MINUTE) };
}

/**
 * The first instant at which clocks in the zone show this time or a later one (GAP-49). So a time that a change of
 * clocks leaves out is the moment of the change, and one that comes twice is the first of the two. `minute` counts
 * from the midnight that begins the day; 1440 is the next midnight.
 */
export function firstInstant(zone: string, day: CalendarDay, minute: number): Instant {
  const local = day * DAY + minute * MINUTE;
  const early = local - DAY;
  const late = local + DAY;
  const before = offsetAt(zone, early);
  const after = offsetAt(zone, late);
  if (before === after) return local - before;
  const change = changeBetween(zone, early, late);
  return local - before < change ? local - before : Math.max(change, local - after);
}

/** When the offset changes; there is one change at most in two days. */
function changeBetween(zone: string, from: Instant, to: Instant): Instant {
  const before = offsetAt(zone, from);
  let [low, high] = [Math.floor(from / MINUTE), Math.ceil(to / MINUTE)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(zone, middle * MINUTE) === before) low = middle;
    else high = middle;
  }
  return high * MINUTE;
}

/** An instant as people of the zone say it: `Mon 23 Nov 08:00 Europe/Berlin`. */
export function zonedText(zone: string, instant: Instant): string {
  const { day, minute } = wallClock(zone, instant);
  const { month, day: ofMonth } = dateOf(day);
  const date = `${weekdayOf(day).slice(0, 3)} ${ofMonth} ${MONTHS[month - 1]}`;
  return `${date} ${clockText(minute)} ${zone}`;
}

/** An instant to the minute, for sentences: `2026-11-22 10:01 UTC`. */
export function minuteText(instant: Instant): string {
  const day = Math.floor(instant / DAY);
  const { year, month, day: ofMonth } = dateOf(day);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${year}-${two(month)}-${two(ofMonth)} ${clockText(Math.floor((instant - day * DAY) / MINUTE))} UTC`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Minutes after midnight as `HH:mm`. */
export function clockText(minute: number): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

// Making a formatter takes a hundred times as long as using it.
const formatters = new Map<string, Intl.DateTimeFormat>();

/** How far clocks of the zone are before UTC. */
function offsetAt(zone: string, instant: Instant): Millis {
  const parts = new Map(
    formatterOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)] as const),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const day = dayOf({ year: part('year'), month: part('month'), day: part('day') });
  const local = day * DAY + part('hour') * 60 * MINUTE + part('minute') * MINUTE + part('second') * 1000;
  return local - Math.floor(instant / 1000) * 1000;
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  const formatter = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formatters.set(zone, formatter);
  return formatter;
}
