import { dateOf, type CalendarDay } from '../hours/calendar-day.ts';
import { firstInstant, wallClock } from '../hours/wall-clock.ts';
import type { Instant } from '../ids.ts';
import type { CronTimes } from './cron.ts';

/** A day that comes this rarely or never is not looked for: the 29th of February can be 8 years away. */
const DAYS_AHEAD = 9 * 366;

/**
 * The first time of the schedule after an instant, as clocks of the zone show it; undefined: never (TRIG-30). A time
 * that a change of clocks leaves out is the moment of the change, and one that comes twice is the first of the two.
 */
export function nextTime(times: CronTimes, zone: string, after: Instant): Instant | undefined {
  const now = wallClock(zone, after);
  for (let day = now.day; day <= now.day + DAYS_AHEAD; day += 1) {
    if (!isOnDay(times, day)) continue;
    const from = day === now.day ? now.minute : 0;
    for (const minute of minutesOf(times, from)) {
      const at = firstInstant(zone, day, minute);
      if (at > after) return at;
    }
  }
  return undefined;
}

function* minutesOf({ hours, minutes }: CronTimes, from: number): Generator<number> {
  for (const hour of hours) {
    for (const minute of minutes) if (hour * 60 + minute >= from) yield hour * 60 + minute;
  }
}

/** As cron has it: with both a day of the month and a weekday, either of them is enough. */
function isOnDay({ months, daysOfMonth, weekdays }: CronTimes, day: CalendarDay): boolean {
  const { month, day: ofMonth } = dateOf(day);
  if (!months.has(month)) return false;
  const inMonth = daysOfMonth?.has(ofMonth);
  const inWeek = weekdays?.has((((day + 4) % 7) + 7) % 7);
  return inMonth === undefined || inWeek === undefined ? (inMonth ?? inWeek ?? true) : inMonth || inWeek;
}
