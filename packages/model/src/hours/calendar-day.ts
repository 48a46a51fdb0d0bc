/** A day of the calendar, without a zone: how many days it is after 1970-01-01. */
export type CalendarDay = number;

/** Day names as Azure sends them, from Sunday on (BH-1). */
export const WEEKDAYS = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
] as const;

/** A day of the week. */
export type Weekday = (typeof WEEKDAYS)[number];

/** A date as people count: the month from 1 to 12. */
export interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Days from 1 March of the year 0 to 1 January 1970. */
const EPOCH = 719_468;
/** Days in 400 years. */
const ERA = 146_097;

/** The day of a date of the Gregorian calendar. Months and days beyond their ends are not noticed. */
export function dayOf({ year, month, day }: CalendarDate): CalendarDay {
  // Years begin in March here, so that the leap day is the last one.
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * ERA + dayOfEra - EPOCH;
}

/** The date of a day. */
export function dateOf(calendarDay: CalendarDay): CalendarDate {
  const days = calendarDay + EPOCH;
  const era = Math.floor(days / ERA);
  const dayOfEra = days - era * ERA;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** Which day of the week it is. */
export function weekdayOf(day: CalendarDay): Weekday {
  // 1970-01-01 was a Thursday.
  return WEEKDAYS[(((day + 4) % 7) + 7) % 7] ?? 'Sunday';
}
